import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contract, faults, recorded, skip } from './contract.mjs';

const file = 'openai_chat.derived-openapi.json';
const chat = ['post', '/chat/completions'];

test('openai: the contract refuses what is wrong', { skip }, () => {
  const validate = new Contract(file).request(...chat);
  const message = { role: 'user', content: 'x' };
  assert.equal(faults(validate, { model: 'gpt-4o-mini', messages: [message] }), '');
  for (const bad of [
    {},
    { model: 'gpt-4o-mini' },
    { model: 'gpt-4o-mini', messages: [] },
    { model: 'gpt-4o-mini', messages: [{ role: 'boss', content: 'x' }] },
    { model: 'gpt-4o-mini', messages: [message], temperature: 3 },
    { model: 'gpt-4o-mini', messages: [message], response_format: { type: 'json_schema' } },
  ]) {
    assert.notEqual(faults(validate, bad), '', JSON.stringify(bad));
  }
});

test('openai: what our client sends is valid', { skip }, () => {
  const validate = new Contract(file).request(...chat);
  const names = ['openai_chat.schema', 'openai_chat.text'];
  for (const [name, request] of names.flatMap(recorded)) {
    assert.equal(request.method, 'POST', name);
    assert.equal(request.path, '/v1/chat/completions', name);
    assert.match(request.head, /\r\nAuthorization: Bearer \S+\r\n/, name);
    assert.match(request.head, /\r\nContent-Type: application\/json\r\n/, name);
    assert.equal(faults(validate, request.body), '', name);
  }
});

test('openai: the contract refuses wrong answers', { skip }, () => {
  const contract = new Contract(file);
  assert.notEqual(faults(contract.answer(...chat, 200), { id: 'x', choices: [] }), '');
  assert.notEqual(faults(contract.answer(...chat, 429), { error: { message: 'x' } }), '');
  assert.notEqual(faults(contract.answer('get', '/models', 200), { data: [] }), '');
});

test("openai: the sandbox's answers are valid", { skip }, () => {
  const contract = new Contract(file);
  for (const [name, answer] of recorded('openai_chat.answer.')) {
    // Errors have one form, which the contract spells out at 429.
    const status = answer.status === 200 ? 200 : 429;
    assert.equal(faults(contract.answer(...chat, status), answer.body), '', name);
  }
  for (const [name, answer] of recorded('openai_models.answer.')) {
    assert.equal(faults(contract.answer('get', '/models', 200), answer.body), '', name);
  }
});
