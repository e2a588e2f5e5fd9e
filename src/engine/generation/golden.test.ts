import { createHash } from 'node:crypto';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it, onTestFinished } from 'vitest';
import { parseRecipe } from '../../contract/recipe-line';
import { temporaryWorkspace } from '../testing/temporary-workspace';
import { generateRequest, requestOf } from '../testing/generation';

/*
 * Recipes are kept for years and sent to others, so their rows never change. If a test fails here, the version at the
 * start of the recipe line has to change, too, to distinguish old lines.
 */

const story = 'rows=10000 days=2024-01-01..2024-06-30 users=3000 teams=60 seed=11';
const mess =
  'null-users=0.05 empty-properties=0.04 duplicates=0.03 late-events=0.06 malformed-json=0.02 schema-drift=2024-02-01*0.3';

const golden: Record<string, { readonly line: string; readonly checksum: string; readonly rows: readonly string[] }> = {
  'the realistic profile': {
    line: 'mw1 realistic rows=10000',
    checksum: '6c33a57ff623c622',
    rows: [
      '2023-01-01|2023-01-01 16:13:09.118|2538|948|sign_in|{"session_id":"84043a04589e6cbf","platform":"ios","browser":"Safari","device_type":"tablet"}',
      '2024-05-13|2024-05-13 00:31:43.3825|54322|239|page_view|{"session_id":"381c54a0d7750a0d","platform":"web","browser":"Chrome","device_type":"desktop","page_url":"/help/8"}',
      '2025-04-10|2025-04-10 17:35:37.23264|42035|278|filter_apply|{"session_id":"13f6c3d385c6f1f3","category":"books","filter_type":"rating"}',
    ],
  },
  'the uniform profile': {
    line: 'mw1 uniform rows=10000',
    checksum: '0e892c1d33c3becf',
    rows: [
      '2023-01-01|2023-01-01 02:13:37.509|43896|221|sign_out|{"form_id":"signup-form-6","product_id":"product-3146","quantity":8,"browser":"Chrome","device_type":"mobile"}',
      '2024-01-02|2024-01-02 20:20:44.049|94797|52|search|{"video_id":"video-1732","category":"food","search_term":"cheap shoes","browser":"Opera","session_id":"c8dba327cd542d66"}',
      '2025-01-01|2025-01-01 02:14:39.376|64192|750|share|{"form_id":"newsletter-form-0","quantity":3,"search_term":"large lamp"}',
    ],
  },
  'planted facts': {
    line: `mw1 realistic ${story} launch=2024-03-04*2 outage=2024-05-15 churn=2024-02@2024-04-01`,
    checksum: '3b63cd42084cbdb3',
    rows: [
      '2024-01-01|2024-01-01 12:29:02.358|1273|45|sign_in|{"session_id":"89529881db891c07","platform":"android","browser":"Firefox","device_type":"mobile"}',
      '2024-03-26|2024-03-26 14:48:30.14716|2219|4|button_click|{"session_id":"778c32c70b1434b9","button_id":"share-button-6"}',
      '2024-05-15|2024-05-15 09:51:11.98441|2043|12|page_view|{"session_id":"58e37f1cb81aae47","platform":"web","page_url":"/docs/311"}',
    ],
  },
  'event weights': {
    line: `mw1 realistic ${story} weights=search:0.5,purchase:3,share:0`,
    checksum: 'f3889852ecd60fcb',
    rows: [
      '2024-01-01|2024-01-01 10:18:59.691|2858|42|sign_in|{"session_id":"434a9c91238c7f3a","platform":"web","browser":"Firefox","device_type":"desktop"}',
      '2024-03-07|2024-03-07 15:59:46.58164|88|29|checkout|{"session_id":"9c10c431b86c04a6","platform":"web","price":2.89,"quantity":1}',
      '2024-05-07|2024-05-07 17:42:46.0199|1433|42|form_submit|{"session_id":"54d4f25a043a02e2","platform":"ios","form_id":"survey-form-1"}',
    ],
  },
  'event weights of the uniform profile': {
    line: `mw1 uniform ${story} weights=search:0.5,purchase:3,share:0`,
    checksum: '3c929ee6c506bda2',
    rows: [
      '2024-01-01|2024-01-01 00:08:12.066|1131|43|sign_out|{"button_id":"back-button-14","video_id":"video-1466","product_id":"product-4076","category":"garden","platform":"android"}',
      '2024-03-01|2024-03-01 13:07:11.752|1056|35|purchase|{"button_id":"share-button-3","platform":"ios","browser":"Edge"}',
      '2024-05-01|2024-05-01 05:26:58.648|673|33|sign_in|{"category":"music","search_term":"new watch","device_type":"mobile"}',
    ],
  },
  'every kind of mess': {
    line: `mw1 realistic ${story} ${mess}`,
    checksum: 'd971f0697747edb4',
    rows: [
      '2024-01-01|2024-01-01 10:18:01.213|2858|42|sign_in|{"session_id":"434a9c91238c7f3a","platform":"web","browser":"Firefox","device_type":"desktop"}',
      '2024-03-07|2024-03-07 18:47:19.96631|254|4|search|{"session_id":"1cc0b73efc73007d","search_term":"small chair"}',
      '2024-05-07|2024-05-07 18:07:10.71124|2236|26|page_view|{"session_id":"df190297776849b","platform":"ios","browser":"Safari","device_type":"mobile","page_url":"/blog/2"}',
    ],
  },
  'every kind of mess of the uniform profile': {
    line: `mw1 uniform ${story} ${mess}`,
    checksum: 'ceb20d4f3c38f854',
    rows: [
      '2024-01-01|2024-01-01 00:08:12.066|1131|43|filter_apply|{"button_id":"back-button-14","video_id":"video-1466","product_id":"product-4076","category":"garden","platform":"android"}',
      '2024-03-01|2024-03-01 12:56:22.048|2131|23|video_pause|{"category":"food","price":144.65}',
      '2024-05-01|2024-05-01 03:00:43.178|2440|58|sign_up|{"form_id":"feedback-form-5","product_id":"product-3547","quantity":10}',
    ],
  },
  'days that follow others': {
    line: 'mw1 realistic rows=1000 days=2024-07-01..2024-07-07 users=3000 teams=60 seed=11 continues=2024-01-01..2024-06-30+10000',
    checksum: '56bae74200bdffb1',
    rows: [
      '2024-07-01|2024-07-01 08:00:50.313|745|51|sign_in|{"session_id":"8c91bf49ead5bea4","platform":"web","browser":"Edge","device_type":"desktop"}',
      '2024-07-02|2024-07-02 19:21:53.22045|1066|42|checkout|{"session_id":"ea52048933da104","platform":"web","price":2.59,"quantity":4}',
      '2024-07-04|2024-07-04 22:43:18.91516|2142|10|button_click|{"session_id":"9a7614703e6cf1c9","platform":"web","browser":"Chrome","device_type":"desktop","button_id":"help-button-0"}',
    ],
  },
};

it.each(Object.entries(golden))('the rows of %s never change', async (_, { line, checksum, rows }) => {
  const workspace = await temporaryWorkspace();
  await generateRequest(workspace, { ...requestOf({ workers: 2 }), recipe: parseRecipe(line) });
  const instance = await DuckDBInstance.create(':memory:');
  onTestFinished(() => instance.closeSync());
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT concat_ws('|', date, event_time, coalesce(user_id::VARCHAR, '-'), team_id, event_name, properties) AS text
     FROM read_parquet('${workspace.eventsFolder}/date=*/events-*.parquet') ORDER BY text`,
  );
  const made = reader.getRowsJson().map(([text]) => (typeof text === 'string' ? text : ''));
  const third = Math.floor(made.length / 3);
  expect([made[0], made[third], made[2 * third]]).toEqual(rows);
  expect(createHash('sha256').update(made.join('\n')).digest('hex').slice(0, 16)).toBe(checksum);
});
