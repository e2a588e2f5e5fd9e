-- The eight tables of TPC-H, small and made up: columns and vocabulary are the benchmark's (specification 3.0, clause 1.4
-- and 4.2), values are drawn by hash so that they are the same each time. Large enough that most queries find rows.
CREATE OR REPLACE MACRO draw(name, place, most) AS (hash(name, place) % most)::BIGINT;
CREATE OR REPLACE MACRO one_of(words, name, place) AS words[draw(name, place, len(words)) + 1];

CREATE TABLE region AS
SELECT i::INTEGER AS r_regionkey, ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'][i + 1] AS r_name, 'region ' || i AS r_comment
FROM range(5) t(i);

CREATE TABLE nation AS
SELECT (row_number() OVER () - 1)::INTEGER AS n_nationkey, n[1] AS n_name, n[2]::INTEGER AS n_regionkey, 'nation' AS n_comment
FROM (SELECT unnest([
  ['ALGERIA', '0'], ['ARGENTINA', '1'], ['BRAZIL', '1'], ['CANADA', '1'], ['EGYPT', '4'], ['ETHIOPIA', '0'], ['FRANCE', '3'],
  ['GERMANY', '3'], ['INDIA', '2'], ['INDONESIA', '2'], ['IRAN', '4'], ['IRAQ', '4'], ['JAPAN', '2'], ['JORDAN', '4'],
  ['KENYA', '0'], ['MOROCCO', '0'], ['MOZAMBIQUE', '0'], ['PERU', '1'], ['CHINA', '2'], ['ROMANIA', '3'],
  ['SAUDI ARABIA', '4'], ['VIETNAM', '2'], ['RUSSIA', '3'], ['UNITED KINGDOM', '3'], ['UNITED STATES', '1']]) AS n);

CREATE TABLE supplier AS
SELECT i::INTEGER AS s_suppkey, format('Supplier#{:09d}', i) AS s_name, 'street ' || i AS s_address,
  draw('s nation', i, 25)::INTEGER AS s_nationkey, (draw('s cc', i, 25) + 10) || '-555-' || (1000 + i) AS s_phone,
  (draw('s balance', i, 1100000) / 100 - 1000)::DECIMAL(15, 2) AS s_acctbal,
  CASE WHEN i % 20 = 0 THEN 'slow Customer Complaints' ELSE 'supplier comment' END AS s_comment
FROM range(1, 101) t(i);

CREATE TABLE part AS
SELECT i::INTEGER AS p_partkey,
  one_of(['forest', 'green', 'ivory', 'plum', 'azure'], 'p1', i) || ' ' || one_of(['green', 'lace', 'navy', 'tan'], 'p2', i) AS p_name,
  'Manufacturer#' || (1 + draw('mfgr', i, 5)) AS p_mfgr,
  'Brand#' || (1 + draw('b1', i, 5)) || (1 + draw('b2', i, 5)) AS p_brand,
  one_of(['STANDARD', 'SMALL', 'MEDIUM', 'LARGE', 'ECONOMY', 'PROMO'], 't1', i) || ' '
    || one_of(['ANODIZED', 'BURNISHED', 'PLATED', 'POLISHED', 'BRUSHED'], 't2', i) || ' '
    || one_of(['TIN', 'NICKEL', 'BRASS', 'STEEL', 'COPPER'], 't3', i) AS p_type,
  (1 + draw('size', i, 50))::INTEGER AS p_size,
  one_of(['SM', 'LG', 'MED', 'JUMBO', 'WRAP'], 'c1', i) || ' '
    || one_of(['CASE', 'BOX', 'BAG', 'JAR', 'PKG', 'PACK', 'CAN', 'DRUM'], 'c2', i) AS p_container,
  (900 + i % 200 + i / 100)::DECIMAL(15, 2) AS p_retailprice, 'part' AS p_comment
FROM range(1, 1001) t(i);

CREATE TABLE partsupp AS
SELECT i::INTEGER AS ps_partkey, ((i + n * 25) % 100 + 1)::INTEGER AS ps_suppkey, draw('qty', i * 4 + n, 9999)::INTEGER AS ps_availqty,
  (1 + draw('cost', i * 4 + n, 99900) / 100)::DECIMAL(15, 2) AS ps_supplycost, 'offer' AS ps_comment
FROM range(1, 1001) t(i), range(4) u(n);

CREATE TABLE customer AS
SELECT i::INTEGER AS c_custkey, format('Customer#{:09d}', i) AS c_name, 'road ' || i AS c_address,
  draw('c nation', i, 25)::INTEGER AS c_nationkey, (draw('c cc', i, 25) + 10) || '-555-' || (1000 + i) AS c_phone,
  (draw('c balance', i, 1100000) / 100 - 1000)::DECIMAL(15, 2) AS c_acctbal,
  one_of(['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'MACHINERY', 'HOUSEHOLD'], 'segment', i) AS c_mktsegment, 'customer' AS c_comment
FROM range(1, 601) t(i);

CREATE TABLE orders AS
SELECT i::INTEGER AS o_orderkey, (1 + draw('o customer', i, 400))::INTEGER AS o_custkey,
  one_of(['O', 'F', 'P'], 'status', i) AS o_orderstatus, (1000 + draw('total', i, 40000000) / 100)::DECIMAL(15, 2) AS o_totalprice,
  DATE '1992-01-01' + draw('o date', i, 2400)::INTEGER AS o_orderdate,
  one_of(['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW'], 'priority', i) AS o_orderpriority,
  'Clerk#' || draw('clerk', i, 100) AS o_clerk, 0 AS o_shippriority,
  CASE WHEN i % 30 = 0 THEN 'special requests' ELSE 'order' END AS o_comment
FROM range(1, 6001) t(i);

CREATE TABLE lineitem AS
SELECT o_orderkey AS l_orderkey, part::INTEGER AS l_partkey, ((part + draw('l supplier', key, 4) * 25) % 100 + 1)::INTEGER AS l_suppkey,
  n::INTEGER AS l_linenumber, quantity::DECIMAL(15, 2) AS l_quantity,
  (quantity * (900 + part % 200 + part / 100))::DECIMAL(15, 2) AS l_extendedprice,
  (draw('discount', key, 11) / 100)::DECIMAL(15, 2) AS l_discount, (draw('tax', key, 9) / 100)::DECIMAL(15, 2) AS l_tax,
  one_of(['R', 'A', 'N'], 'flag', key) AS l_returnflag, one_of(['O', 'F'], 'line status', key) AS l_linestatus,
  o_orderdate + (1 + draw('ship', key, 121))::INTEGER AS l_shipdate, o_orderdate + (30 + draw('commit', key, 61))::INTEGER AS l_commitdate,
  o_orderdate + (2 + draw('ship', key, 121) + draw('receipt', key, 30))::INTEGER AS l_receiptdate,
  one_of(['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'], 'instruct', key) AS l_shipinstruct,
  one_of(['REG AIR', 'AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB'], 'mode', key) AS l_shipmode, 'line' AS l_comment
FROM (
  SELECT o_orderkey, o_orderdate, n, o_orderkey * 8 + n AS key, 1 + draw('part', o_orderkey * 8 + n, 1000) AS part,
    1 + draw('quantity', o_orderkey * 8 + n, 50) AS quantity
  FROM orders, range(1, 8) t(n)
  WHERE n <= 1 + draw('lines', o_orderkey, 7)
);
