import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contract, faults, recorded, skip } from './contract.mjs';

const file = 'google_calendar-v3.derived-openapi.json';
const path = '/calendar/v3/users/me/calendarList';

test('google calendar: the contract refuses wrong answers', { skip }, () => {
  const validate = new Contract(file).answer('get', path, 200);
  assert.equal(faults(validate, { kind: 'calendar#calendarList', items: [] }), '');
  for (const bad of [
    { items: {} },
    { items: [{ id: 7 }] },
    { items: [{ id: 'x', primary: 'yes' }] },
    { items: [{ id: 'x', defaultReminders: {} }] },
    { nextPageToken: 3 },
  ]) {
    assert.notEqual(faults(validate, bad), '', JSON.stringify(bad));
  }
});

test('google calendar: our client asks for what there is', { skip }, () => {
  const { parameters } = new Contract(file).document.paths[path].get;
  const known = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one.schema]));
  for (const [name, request] of recorded('google_calendar_list.request.')) {
    assert.equal(request.method, 'GET', name);
    const url = new URL(request.path, 'http://x');
    assert.equal(url.pathname, path, name);
    assert.match(request.head, /\r\nAuthorization: Bearer \S+\r\n/, name);
    for (const [parameter, value] of url.searchParams) {
      assert.ok(known.has(parameter), `${name}: ${parameter}`);
      if (known.get(parameter).type === 'integer') assert.match(value, /^[1-9]\d*$/, name);
    }
    assert.ok(Number(url.searchParams.get('maxResults')) <= 250, name);
  }
});

test("google calendar: the sandbox's answers are valid", { skip }, () => {
  const contract = new Contract(file);
  const entry = contract.document.components.schemas.CalendarListEntry.properties;
  for (const [name, answer] of recorded('google_calendar_list.answer.')) {
    assert.equal(faults(contract.answer('get', path, 200), answer.body), '', name);
    assert.notEqual('nextPageToken' in answer.body, 'nextSyncToken' in answer.body, `${name}: one of both`);
    // Unknown members are let through by the description; the double is to have none of its own.
    for (const item of answer.body.items) assert.deepEqual(Object.keys(item).filter((key) => !(key in entry)), [], name);
  }
  // Errors have one form, which Google's description leaves to its guide.
  for (const [name, answer] of recorded('google_calendar_error.answer.')) {
    const { error } = answer.body;
    assert.equal(error.code, answer.status, name);
    assert.ok(error.message && error.errors[0].reason && error.errors[0].domain && error.errors[0].message, name);
  }
});
