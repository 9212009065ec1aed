// What nobody should send.

const deep = (open, close, depth) => open.repeat(depth) + close.repeat(depth);

export const strings = [
  "", " ", "\u0000", "a\u0000b", "\ufeff", "\u202eabc", "\u{1f3e0}".repeat(300), "e\u0301".repeat(500), "\u200b", "\r\nX-Injected: yes",
  "null", "undefined", "NaN", "true", "0", "-1", "1e999", "0x7f", "9223372036854775808", "' or '1'='1", "'; drop table contacts; --",
  "\\", "%", "%_%", "{\"$gt\":\"\"}", "{a,b}", "{{name}}", "{{#a}}{{/b}}", "{{{", "${7*7}", "%s%n%x", "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "../../../../etc/passwd", "..%2f..%2f", "file:///etc/passwd",
  "http://169.254.169.254/", "http://[::1]:5432/", "=cmd|'/c calc'!A1", "a".repeat(255), "a".repeat(70_000), "@", "a@", "@b",
  "a@b", "a b@example.com", "a@example.com\r\nBcc: x@example.com", `${"a".repeat(64)}@${"b".repeat(63)}.example.com`, "+", "+1",
  "+000000000000000000", "555", "２１２５５５０１００", "0000-00-00", "2026-02-30", "2026-02-30T25:61:61Z", "9999-12-31T23:59:59.999999999Z",
  "0001-01-01T00:00:00Z", "-271821-04-20T00:00:00Z", "+275760-09-13T00:00:00Z", "2026-06-30T23:59:60Z", "2026-01-01T00:00:00+99:99",
  "294277-01-01T00:00:00Z", "infinity", "-infinity", "epoch", "now", "Mars/Olympus", "../../etc/localtime", "America/New_York\u0000",
  "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{00000000-0000-0000-0000-000000000000}",
  "00000000000000000000000000000000", "eyJhIjoxfQ", "AAAA", "-".repeat(400),
];

export const values = [
  null, true, false, 0, -0, -1, 1.5, 1e15, 9007199254740993, -9007199254740993, 2147483648, 1e300, 5e-324, [], {}, [[]], [null],
  [{}], { a: { b: {} } }, [1, "a", null], { __proto__: null, constructor: 1 }, { length: -1 }, Array(2000).fill("x"),
  Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])),
];

/** Whole bodies, as bytes. */
export const bodies = [
  "", " ", "null", "true", "0", '""', "[]", "{}", "{", "}", "[", '{"a"', '{"a":}', '{"a":1,}', "{'a':1}", '{"a":1}{"b":2}', '{"a":1} x',
  '{"a":1,"a":2}', "\ufeff{}", "{} \u0000", '{"\u0000":1}', '{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"a":"\\udc00\\ud800"}', '{"a":1e999}',
  '{"a":-1e999}', '{"a":1e-999}', `{"a":${"9".repeat(5000)}}`, '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":NaN}', '{"a":Infinity}',
  deep("[", "]", 20_000), deep('{"a":', "}", 20_000), deep("[", "]", 40), `"${"a".repeat(300_000)}"`, `[${"0,".repeat(100_000)}0]`,
  "<?xml version='1.0'?><a/>", "a=1&b=2", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n", "//comment\n{}", "{/**/}",
].map((text) => Buffer.from(text)).concat([
  Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]), // no UTF-8
  Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0x80, 0x22, 0x7d]), // an overlong NUL
  Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]), // a surrogate
  Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0]), Buffer.alloc(3 << 20, 0x20),
]);

/** Bytes for a place in a path or a query, percent-encoded already. */
export const rawTexts = ["%", "%zz", "%00", "%ff", "%c0%80", "%ed%a0%80", "%2e%2e", "%2f", "%25", "+", "&", "=", "a%0d%0ab", "%5c", "a".repeat(3000)];

export const headers = [
  ["Authorization", ""], ["Authorization", "Bearer"], ["Authorization", "Bearer "], ["Authorization", "Basic YTpi"],
  ["Authorization", `Bearer ${"a".repeat(3000)}`], ["Authorization", "Bearer \u00ff\u00fe"], ["Authorization", "bearer x, Bearer y"],
  ["Cookie", "doorstep_session="], ["Cookie", "doorstep_session=\u00ff; doorstep_session=x"], ["Cookie", ";;;=;=a"],
  ["X-CSRF-Token", "x"], ["Origin", "https://evil.example"], ["Origin", "null"], ["Origin", "\u00ff"], ["Referer", "https://evil.example/"],
  ["Idempotency-Key", ""], ["Idempotency-Key", "a".repeat(256)], ["Idempotency-Key", "\u00e9"], ["Idempotency-Key", "one"],
  ["If-Match", "*"], ["If-Match", '"0"'], ["If-Match", "W/"], ["If-Match", '"'], ["If-Match", "x".repeat(3000)],
  ["If-None-Match", "*"], ["If-None-Match", '"1", W/"2", "'], ["If-Modified-Since", "yesterday"],
  ["Accept", "text/html"], ["Accept", "application/xml;q=2"], ["Accept", ",;q=,"], ["Accept-Encoding", "gzip;q=9, *;q=0"],
  ["Accept-Language", "\u00ff, -;q="], ["Content-Type", ""], ["Content-Type", "text/plain"], ["Content-Type", "application/json;charset=utf-7"],
  ["Content-Type", "multipart/form-data"], ["Content-Type", "multipart/form-data; boundary="], ["Content-Type", "application/x-www-form-urlencoded"],
  ["Content-Encoding", "gzip"], ["Content-Language", "x"], ["Range", "bytes=0-,5-1,-"], ["X-Forwarded-For", "1.2.3.4, \u00ff, ::"],
  ["X-Forwarded-Proto", "gopher"], ["X-Forwarded-Host", "evil.example"], ["Forwarded", "for=\"_\";by=;"], ["X-Acting-Account", "x"],
  ["X-Acting-Account", "00000000-0000-0000-0000-000000000000"], ["X-HTTP-Method-Override", "DELETE"], ["X-Request-Id", "a".repeat(3000)],
  ["traceparent", "00-zz"], ["Last-Event-ID", "x"], ["Last-Event-ID", "00000000-0000-0000-0000-000000000000"], ["Max-Forwards", "-1"],
  ["X-Twilio-Email-Event-Webhook-Signature", "AAAA"], ["X-Twilio-Email-Event-Webhook-Timestamp", "-1"],
];
