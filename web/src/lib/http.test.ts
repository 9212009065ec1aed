import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { address, ApiError, call, cookie, fileName, onUnauthorized, send } from "./http";

const fetched = vi.fn<(url: string, request: RequestInit) => Promise<Response>>();

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

const sentHeaders = (index = 0) => (fetched.mock.calls[index]?.[1].headers as Headers | undefined) ?? new Headers();

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("document", { cookie: "theme=x; csrf_token=abc%3D; other=1" });
});

afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("address", () => {
  it("fills the path and leaves empty query values out", () => {
    expect(address("/api/clients/{id}", { id: "a/b" })).toBe("/api/clients/a%2Fb");
    expect(address("/api/clients", {}, { q: "", stage: undefined, limit: 10, tag: "first home" })).toBe(
      "/api/clients?limit=10&tag=first+home",
    );
  });
});

describe("a file's name", () => {
  it("is the one in full, else the plain one", () => {
    expect(fileName(`attachment; filename="Expose.pdf"; filename*=UTF-8''Expos%C3%A9%20neu.pdf`)).toBe("Exposé neu.pdf");
    expect(fileName('attachment; filename="people.csv"')).toBe("people.csv");
    expect(fileName("inline")).toBe("");
  });
});

describe("call", () => {
  it("reads with the session's cookies and no write headers", async () => {
    fetched.mockResolvedValue(json({ items: [] }));
    await expect(call("list_clients", { query: { q: "ann" } })).resolves.toEqual({ items: [] });
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/clients?q=ann");
    expect(fetched.mock.calls[0]?.[1].credentials).toBe("same-origin");
    expect(sentHeaders().has("X-CSRF-Token")).toBe(false);
  });

  it("writes with the CSRF token and a key of its own", async () => {
    fetched.mockImplementation(() => Promise.resolve(json({}, 201)));
    await send("POST", "/api/tasks", { a: 1 });
    await send("POST", "/api/tasks", { a: 1 });
    expect(sentHeaders().get("X-CSRF-Token")).toBe("abc=");
    expect(sentHeaders().get("Content-Type")).toBe("application/json");
    expect(sentHeaders().get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
    expect(sentHeaders(1).get("Idempotency-Key")).not.toBe(sentHeaders().get("Idempotency-Key"));
  });

  it("answers nothing for 204", async () => {
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    await expect(call("sign_out", {})).resolves.toBeUndefined();
  });

  it("sends the ETag of the last read where it is asked to", async () => {
    fetched.mockImplementation(() => Promise.resolve(json({}, 200, { ETag: '"7"' })));
    await send("GET", "/api/clients/1");
    await send("PATCH", "/api/clients/1", {}, { ifMatch: true });
    await send("PATCH", "/api/clients/2", {}, { ifMatch: true });
    expect(sentHeaders(1).get("If-Match")).toBe('"7"');
    expect(sentHeaders(2).has("If-Match")).toBe(false);
  });
});

const refuse = (status: number, body: object, headers = {}) =>
  fetched.mockResolvedValue(json(body, status, { "Content-Type": "application/problem+json", ...headers }));

describe("refusals", () => {
  it("become ApiErrors with every bad field", async () => {
    refuse(422, {
      title: "Invalid",
      detail: "Two fields are not right.",
      code: "validation_failed",
      request_id: "r1",
      errors: [{ field: "email", code: "invalid", message: "must be an e-mail address" }],
    });
    const error = await send("POST", "/api/clients", {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: "validation_failed", requestId: "r1", message: "Two fields are not right." });
    expect((error as ApiError).fields[0]?.field).toBe("email");
  });

  it("carry how long to wait", async () => {
    refuse(429, {}, { "Retry-After": "120" });
    await expect(send("POST", "/api/auth/login", {})).rejects.toMatchObject({ retryAfter: 120, code: "http_429" });
  });

  it("survive an answer that is no JSON", async () => {
    fetched.mockResolvedValue(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(send("GET", "/api/clients")).rejects.toMatchObject({ status: 502, transient: true });
  });

  it("tell the shell when the session has ended, unless it is the sign-in itself", async () => {
    const ended = vi.fn<() => void>();
    onUnauthorized(ended);
    refuse(401, {});
    await send("POST", "/api/auth/login", {}, { anonymous: true }).catch(() => {});
    expect(ended).not.toHaveBeenCalled();
    await send("GET", "/api/auth/me").catch(() => {});
    expect(ended).toHaveBeenCalledOnce();
  });
});

const ended = () => json({ code: "token_expired" }, 401, { "Content-Type": "application/problem+json" });
const addresses = () => fetched.mock.calls.map(([url]) => url);

describe("an access token whose time is over", () => {
  it("is refreshed, and the request sent again", async () => {
    fetched.mockResolvedValueOnce(ended()).mockResolvedValueOnce(json({ accessToken: "x" })).mockResolvedValueOnce(json({ a: 1 }));
    await expect(send("GET", "/api/clients")).resolves.toEqual({ a: 1 });
    expect(addresses()).toEqual(["/api/clients", "/api/auth/refresh", "/api/clients"]);
  });

  it("is refreshed once for all who wait", async () => {
    let over = true;
    fetched.mockImplementation((url) => {
      if (url === "/api/auth/refresh") {
        over = false;
        return Promise.resolve(json({ accessToken: "x" }));
      }
      return Promise.resolve(over ? ended() : json({ url }));
    });
    await Promise.all([send("GET", "/api/tasks"), send("GET", "/api/clients"), send("POST", "/api/tasks", {})]);
    expect(addresses().filter((url) => url === "/api/auth/refresh")).toHaveLength(1);
  });

  it("ends the session where that is over too", async () => {
    const told = vi.fn<() => void>();
    onUnauthorized(told);
    fetched.mockImplementation(() => Promise.resolve(ended()));
    await expect(send("GET", "/api/clients")).rejects.toMatchObject({ status: 401 });
    expect(told).toHaveBeenCalledOnce();
    expect(addresses()).toEqual(["/api/clients", "/api/auth/refresh"]);
  });

  it("does not, while the server is away", async () => {
    const told = vi.fn<() => void>();
    onUnauthorized(told);
    fetched.mockResolvedValueOnce(ended()).mockResolvedValueOnce(new Response("", { status: 503 }));
    await expect(send("GET", "/api/clients")).rejects.toMatchObject({ status: 503, transient: true });
    expect(told).not.toHaveBeenCalled();
  });
});

describe("without an answer", () => {
  it("a read fails as unreachable", async () => {
    fetched.mockRejectedValue(new TypeError("network"));
    await expect(send("GET", "/api/clients")).rejects.toMatchObject({ status: 0, unreachable: true });
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("a POST goes once more, with the same key", async () => {
    vi.useFakeTimers();
    fetched.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(json({ ok: true }));
    const answer = send("POST", "/api/tasks", {});
    await vi.runAllTimersAsync();
    await expect(answer).resolves.toEqual({ ok: true });
    expect(sentHeaders(1).get("Idempotency-Key")).toBe(sentHeaders(0).get("Idempotency-Key"));
  });

  it("an aborted request stays aborted", async () => {
    const controller = new AbortController();
    controller.abort();
    fetched.mockRejectedValue(new DOMException("Aborted", "AbortError"));
    await expect(send("POST", "/api/tasks", {}, { signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

it("cookie() reads one of several", () => {
  expect(cookie("b", "a=1; b=x%20y")).toBe("x y");
  expect(cookie("c", "a=1; b=2")).toBeNull();
});
