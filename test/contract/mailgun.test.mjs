import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contract, faults, recorded, skip } from './contract.mjs';

const file = 'mailgun_messages.derived-openapi.json';
const send = ['post', '/v3/{domain_name}/messages'];
const form = 'application/x-www-form-urlencoded';

test('mailgun: the contract refuses what is wrong', { skip }, () => {
  const validate = new Contract(file).request(...send, form);
  const good = { from: 'a@mg.example.com', to: 'b@example.com', subject: 's', text: 'x' };
  assert.equal(faults(validate, good), '');
  for (const change of [{ from: undefined }, { to: undefined }, { subject: undefined }, { 'o:tracking': 'maybe' }]) {
    const bad = JSON.parse(JSON.stringify({ ...good, ...change }));
    assert.notEqual(faults(validate, bad), '', JSON.stringify(change));
  }
});

test('mailgun: what our client sends is valid', { skip }, () => {
  const validate = new Contract(file).request(...send, form);
  for (const [name, request] of recorded('mailgun_messages.').filter(([name]) => !name.includes('.answer.'))) {
    assert.equal(request.method, 'POST', name);
    assert.match(request.path, /^\/v3\/[^/]+\/messages$/, name);
    assert.match(request.head, /\r\nAuthorization: Basic \S+\r\n/, name);
    assert.equal(faults(validate, request.body), '', name);
  }
});

test("mailgun: the sandbox's answers are valid", { skip }, () => {
  const contract = new Contract(file);
  for (const [name, answer] of recorded('mailgun_messages.answer.')) {
    assert.equal(faults(contract.answer(...send, answer.status), answer.body), '', name);
  }
  assert.notEqual(faults(contract.answer(...send, 200), { message: 'Queued' }), '');
});

test("mailgun: the sandbox's events are valid", { skip }, () => {
  const validate = new Contract(file).schema('EventResponse');
  const events = recorded('mailgun_event.');
  assert.ok(events.length >= 6);
  for (const [name, { body }] of events) {
    assert.equal(faults(validate, body['event-data']), '', name);
    assert.match(body.signature.signature, /^[0-9a-f]{64}$/, name);
  }
  assert.notEqual(faults(validate, { event: 'glanced at' }), '');
});
