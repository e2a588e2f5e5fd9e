import { expect, test } from './support/app';
import { cell, clipboardOf, columnMenu, runToRows, small } from './support/results';

test('sorts and filters over the whole result, and shows what it did', async ({ app }) => {
  await runToRows(app, 'SELECT i AS n, hash(i) % 1000 AS bucket FROM range(100000) t(i)');
  await columnMenu(app, 'n', 'Sort descending');
  await expect(cell(app, 1, 1)).toHaveText('99999');
  await expect(app.result.getByRole('columnheader', { name: /^n BIGINT/ })).toHaveAttribute('aria-sort', 'descending');
  await columnMenu(app, 'n', 'Filter…');
  const form = app.window.getByRole('form', { name: 'Filter n' });
  await form.getByLabel('Condition').selectOption('less');
  await form.getByLabel('Value').fill('500');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(app.window.getByText('500 of 100,000 rows')).toBeVisible();
  await expect(cell(app, 1, 1)).toHaveText('499');
  await app.window.getByRole('textbox', { name: 'Go to row' }).fill('500');
  await app.window.keyboard.press('Enter');
  await expect(app.result.getByRole('gridcell', { name: '0', exact: true }).first()).toBeVisible();
  await app.button('Remove filter n less 500').click();
  await app.result.press('Control+Home');
  await expect(cell(app, 1, 1)).toHaveText('99999');
});

test('a page that is left and come back to shows a result as it was arranged', async ({ app }) => {
  await runToRows(app, 'SELECT i AS n, hash(i) % 1000 AS bucket FROM range(100000) t(i)');
  await columnMenu(app, 'n', 'Sort descending');
  await columnMenu(app, 'n', 'Filter…');
  const form = app.window.getByRole('form', { name: 'Filter n' });
  await form.getByLabel('Condition').selectOption('less');
  await form.getByLabel('Value').fill('500');
  await form.getByRole('button', { name: 'Apply' }).click();
  await app.window.getByRole('tab', { name: 'Examples', exact: true }).click();
  await expect(cell(app, 1, 1)).toHaveText('499');
  await app.open('Overview');
  await app.open('Console');
  await expect(cell(app, 1, 1)).toHaveText('499');
  await expect(app.button('Remove filter n less 500')).toBeVisible();
  await expect(app.result.getByRole('columnheader', { name: /^n BIGINT/ })).toHaveAttribute('aria-sort', 'descending');
  await expect(app.window.getByRole('tab', { name: 'Examples', exact: true })).toHaveAttribute('aria-selected', 'true');
  await app.button('New tab').click();
  await app.window.getByRole('tab', { name: 'Query', exact: true }).click();
  await expect(cell(app, 1, 1)).toHaveText('499');
});

test('columns are hidden, shown, pinned and moved', async ({ app }) => {
  await runToRows(app, small);
  const headers = app.result.getByRole('columnheader');
  await columnMenu(app, 'letter', 'Hide');
  await expect(headers).toHaveCount(3);
  await app.button('Show all columns').click();
  await expect(headers).toHaveText([/^Row/, /^n/, /^letter/, /^properties/]);
  await columnMenu(app, 'letter', 'Pin to the left');
  await expect(headers).toHaveText([/^Row/, /^letter/, /^n/, /^properties/]);
  await columnMenu(app, 'letter', 'Unpin');
  await expect(headers).toHaveText([/^Row/, /^n/, /^letter/, /^properties/]);
  await columnMenu(app, 'n', 'Move right');
  await expect(headers).toHaveText([/^Row/, /^letter/, /^n/, /^properties/]);
});

test('columns are dragged wider, fitted to their content and dragged to other places', async ({ app }) => {
  await runToRows(app, small);
  const header = (name: string) => app.result.getByRole('columnheader', { name: new RegExp(`^${name} `) });
  const boxOf = async (name: string) => {
    const box = await header(name).boundingBox();
    if (!box) throw new Error(`There is no column ${name}.`);
    return box;
  };
  const before = await boxOf('letter');
  await app.window.mouse.move(before.x + before.width, before.y + 10);
  await app.window.mouse.down();
  await app.window.mouse.move(before.x + before.width + 70, before.y + 10, { steps: 5 });
  await app.window.mouse.up();
  await expect.poll(async () => Math.abs((await boxOf('letter')).width - before.width - 70)).toBeLessThan(3);
  await columnMenu(app, 'letter', 'Fit to content');
  await expect.poll(async () => (await boxOf('letter')).width).toBeLessThan(before.width + 10);
  await header('letter').dragTo(header('n'));
  await expect(app.result.getByRole('columnheader').nth(1)).toContainText('letter');
  await expect(cell(app, 1, 1)).toHaveText('c');
});

test('a selection is summed, and copied in four formats', async ({ app }) => {
  await runToRows(app, small);
  await cell(app, 1, 1).click();
  await cell(app, 3, 1).click({ modifiers: ['Shift'] });
  await expect(app.window.getByLabel('Selection')).toHaveText(
    /3 cells · count 3 · sum 6 · average 2\.0 · min 1 · max 3/,
  );
  await app.result.press('ControlOrMeta+a');
  await expect(app.window.getByLabel('Selection')).toHaveText(/9 cells · count 8/);
  for (const [item, text] of [
    ['TSV, for spreadsheets', 'n\tletter\tproperties\n3\tc\t'],
    ['CSV', 'n,letter,properties\n3,c,\n'],
    ['JSON', '[\n  {"n":3,"letter":"c","properties":null}'],
    ['Markdown', '| n | letter | properties |\n| --: | --- | --- |\n| 3 | c | NULL |'],
  ] as const) {
    await app.choose('Copy', item);
    await expect(async () => expect(await clipboardOf(app)).toContain(text)).toPass();
  }
  await cell(app, 1, 2).click();
  await app.result.press('ControlOrMeta+c');
  await expect(async () => expect(await clipboardOf(app)).toBe('c')).toPass();
});

test('every type of DuckDB, duplicate and empty names, NULL and empty text', async ({ app }) => {
  const values = [
    'true', '1::TINYINT', '1::UTINYINT', '1::SMALLINT', '1::USMALLINT', '1', '1::UINTEGER', '9007199254740993', '18446744073709551615::UBIGINT',
    '170141183460469231731687303715884105727::HUGEINT', '1::UHUGEINT', '0.1::FLOAT', '0.1::DOUBLE', '12.50::DECIMAL(9,2)', '12345678901234567890.123456789::DECIMAL(38,9)',
    "'text'", "'\\xAB'::BLOB", "'101'::BIT", "DATE '2025-01-31'", "TIME '01:02:03.000004'", "TIMETZ '01:02:03+02'", "TIMESTAMP '2025-01-02 03:04:05.000006'",
    "TIMESTAMP_S '2025-01-02 03:04:05'", "TIMESTAMP_MS '2025-01-02 03:04:05.006'", "TIMESTAMP_NS '2025-01-02 03:04:05.000000007'", "TIMESTAMPTZ '2025-01-02 03:04:05+00'",
    "INTERVAL '1 month 2 days'", "'8a1f9d3c-0000-4000-8000-000000000001'::UUID", "'b'::ENUM('a','b')", '[1, NULL]', '[1, 2]::INTEGER[2]', "{'a': 1, 'b': [{'c': 'x'}]}",
    "MAP {'k': 1}", "union_value(num := 2)", `'{"a": 1}'::JSON`, 'NULL', "''", '123::BIGNUM',
  ]; // prettier-ignore
  await runToRows(app, `SELECT ${values.join(', ')}, 1 AS a, 2 AS a, 3 AS " "`);
  await app.result.focus();
  await app.result.press('ControlOrMeta+a');
  await app.choose('Copy', 'CSV');
  await expect(async () => {
    const [, row = ''] = (await clipboardOf(app)).split('\n');
    for (const exact of [
      '9007199254740993',
      '18446744073709551615',
      '170141183460469231731687303715884105727',
      '12.50',
      '12345678901234567890.123456789',
      '2025-01-02 03:04:05.000006',
      '.000000007',
    ])
      expect(row).toContain(exact);
  }).toPass();
  const seen = new Set<string>();
  for (let column = 0; column < values.length + 3; column += 1) {
    await app.result.press(column === 0 ? 'ControlOrMeta+Home' : 'ArrowRight');
    const shown = cell(app, 1, column + 1);
    await expect(shown).toBeVisible();
    seen.add(await shown.innerText());
  }
  for (const text of [
    'NULL',
    '9007199254740993',
    '2025-01-02 03:04:05.000006',
    "{'a': 1, 'b': [{'c': x}]}",
    '{k=1}',
    '[1, NULL]',
    '\\xAB',
    '8a1f9d3c-0000-4000-8000-000000000001',
  ])
    expect([...seen]).toContain(text);
});

test('least, greatest and NULL of every type stand in the grid as DuckDB itself writes them', async ({ app }) => {
  test.setTimeout(180_000);
  /** The grid's text, row by row; columns are added to the document as the cursor reaches them. */
  const shown = async (sql: string) => {
    await runToRows(app, sql);
    const columns = Number(await app.result.getAttribute('aria-colcount')) - 1;
    const texts: string[] = [];
    await app.result.focus();
    for (let column = 1; column <= columns; column += 1) {
      await app.result.press(column === 1 ? 'ControlOrMeta+Home' : 'ArrowRight');
      for (const row of [1, 2, 3]) {
        await expect(cell(app, row, column)).toBeVisible();
        texts.push(`${column} ${await cell(app, row, column).innerText()}`);
      }
    }
    return texts;
  };
  const values = await shown('FROM test_all_types()');
  expect(values.length).toBeGreaterThan(3 * 50);
  expect(values).toEqual(await shown('SELECT CAST(COLUMNS(*) AS VARCHAR) FROM test_all_types()'));
});
