// A reporter for `node --test`: names what failed and why, and ends with `N passed, N failed`.

export default async function* (events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
    if (data?.details?.type === "suite" || data?.skip !== undefined || data?.todo !== undefined) continue;
    if (type === "test:pass") passed++;
    if (type === "test:fail") {
      failed++;
      const error = data.details.error.cause ?? data.details.error;
      yield `FAILED ${data.file ?? ""}: ${data.name}\n${error.stack ?? error}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
