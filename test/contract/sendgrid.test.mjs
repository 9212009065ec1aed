import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contract, faults, recorded, skip } from './contract.mjs';

const file = 'sendgrid_mail.derived-openapi.json';
const send = ['post', '/v3/mail/send'];

test('sendgrid: the contract refuses what is wrong', { skip }, () => {
  const validate = new Contract(file).request(...send);
  const good = {
    personalizations: [{ to: [{ email: 'a@example.com' }] }],
    from: { email: 'b@example.com' },
    subject: 's',
    content: [{ type: 'text/plain', value: 'x' }],
  };
  assert.equal(faults(validate, good), '');
  for (const change of [
    { personalizations: undefined },
    { personalizations: [{ to: [] }] },
    { from: undefined },
    { content: undefined },
    { from: { email: 'nobody' } },
    { surprise: 1 },
    { custom_args: { task_id: 1 } },
  ]) {
    const bad = JSON.parse(JSON.stringify({ ...good, ...change }));
    assert.notEqual(faults(validate, bad), '', JSON.stringify(change));
  }
});

test('sendgrid: what our client sends is valid', { skip }, () => {
  const validate = new Contract(file).request(...send);
  const names = ['sendgrid_mail.full', 'sendgrid_mail.minimal'];
  for (const [name, request] of names.flatMap(recorded)) {
    assert.equal(request.method, 'POST', name);
    assert.equal(request.path, '/v3/mail/send', name);
    assert.match(request.head, /\r\nAuthorization: Bearer SG\.\S+\r\n/, name);
    assert.match(request.head, /\r\nContent-Type: application\/json\r\n/, name);
    assert.equal(faults(validate, request.body), '', name);
    const types = request.body.content.map((part) => part.type);
    assert.deepEqual(types, ['text/plain', 'text/html'].slice(0, types.length), name);
  }
});

test("sendgrid: the sandbox's answers are valid", { skip }, () => {
  const contract = new Contract(file);
  for (const [name, answer] of recorded('sendgrid_mail.answer.')) {
    const validate = contract.answer(...send, answer.status);
    if (validate) assert.equal(faults(validate, answer.body), '', name);
    else assert.equal(answer.body, null, name);
    for (const header of contract.requiredHeaders(...send, answer.status)) {
      assert.ok(answer.headers[header], `${name} lacks ${header}`);
    }
  }
});

test('sendgrid: the contract refuses wrong answers', { skip }, () => {
  const contract = new Contract(file);
  assert.notEqual(faults(contract.answer(...send, 400), { errors: 'x' }), '');
  assert.deepEqual(contract.requiredHeaders(...send, 202), ['X-Message-Id']);
});
