import { type Operations, operations } from "@/api/types.gen";
import { actingAccount } from "./acting";
import { told } from "./i18n";
import { createSwitch } from "./switch";

/** On while the last request got no answer at all. */
export const unreachable = createSwitch();

export type OperationId = keyof Operations;
type Of<Id extends OperationId, Part extends string> = Operations[Id] extends { [P in Part]: infer T } ? T : undefined;

/** What an operation takes: its path and body where it has them, its query always optional. */
export type Input<Id extends OperationId> = (Of<Id, "path"> extends undefined ? object : { path: Of<Id, "path"> }) &
  (Of<Id, "body"> extends undefined ? object : { body: Of<Id, "body"> }) &
  (Of<Id, "query"> extends undefined ? object : { query?: Of<Id, "query"> });
export type Result<Id extends OperationId> = Operations[Id]["result"];

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** A refused or failed request: the server's problem document in the reader's language, or what we know where there was no answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | null;
  readonly fields: FieldError[];
  readonly retryAfter: number | null;
  readonly problem: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown> = {}, retryAfter: number | null = null) {
    const text = (name: string) => (typeof problem[name] === "string" ? (problem[name] as string) : "");
    super(told(text("detail")) || text("title") || `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = text("code") || (status === 0 ? "unreachable" : `http_${status}`);
    this.title = text("title");
    this.requestId = text("request_id") || null;
    const fields = Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : [];
    this.fields = fields.map((field) => ({ ...field, message: told(field.message) }));
    this.retryAfter = retryAfter;
    this.problem = problem;
  }

  /** No answer came: the network or the server is away. */
  get unreachable(): boolean {
    return this.status === 0;
  }

  /** Worth another try by itself. */
  get transient(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export const isApiError = (error: unknown, status?: number): error is ApiError =>
  error instanceof ApiError && (status === undefined || error.status === status);

export interface CallOptions {
  signal?: AbortSignal;
  /** Sends the ETag of the last read of this address: a change made meanwhile answers 412. */
  ifMatch?: boolean;
  /** The key of a write that may be sent again later; else each POST has its own. */
  idempotencyKey?: string;
  /** Leaves a 401 to the caller (the sign-in page). */
  anonymous?: boolean;
  /** Of a file: any type. */
  accept?: string;
}

type Unauthorized = () => void;
let unauthorized: Unauthorized = () => {};
/** What to do when the session has ended; the shell goes to the sign-in page. */
export function onUnauthorized(action: Unauthorized): void {
  unauthorized = action;
}

let refreshing: Promise<boolean> | null = null;

/** Goes on with the session once its access token's time is over. One request for all who wait; another tab may do the same
 *  at this moment. False: it has ended. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= deliver("/api/auth/refresh", {
    method: "POST",
    headers: new Headers({ Accept: "application/json" }),
    credentials: "same-origin",
  })
    .then((response) => {
      if (response.status >= 500) throw new ApiError(response.status);
      return response.ok;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

const etags = new Map<string, string>();

export function cookie(name: string, jar = document.cookie): string | null {
  const pair = jar.split("; ").find((entry) => entry.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : null;
}

/** A random key for a write; randomUUID exists on https and loopback only. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** "/api/clients/{id}" with its parameters in place, and the query behind it; empty values are left out. */
export function address(pattern: string, path: object = {}, query: object = {}): string {
  const values = path as Record<string, unknown>;
  const filled = pattern.replace(/\{(\w+)(?:\.\.\.)?\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

/** Calls an operation of the API and returns its answer; throws ApiError. */
export async function call<Id extends OperationId>(id: Id, input: Input<Id>, options: CallOptions = {}): Promise<Result<Id>> {
  const [method, pattern] = operations[id];
  const { path, query, body } = input as { path?: object; query?: object; body?: unknown };
  return (await send(method, address(pattern, path, query), body, options)) as Result<Id>;
}

/** A request to an address that is not in the API's document (the sandbox's controls). */
export async function send(method: string, url: string, body?: unknown, options: CallOptions = {}): Promise<unknown> {
  const response = await answerTo(method, url, body, options);
  return response.status === 204 ? undefined : response.json();
}

/** A file with the name that the server gives it. */
export async function fetchFile(url: string): Promise<{ blob: Blob; name: string }> {
  const response = await answerTo("GET", url, undefined, { accept: "*/*" });
  return { blob: await response.blob(), name: fileName(response.headers.get("Content-Disposition") ?? "") };
}

/** The name in a Content-Disposition, if there is one. */
export function fileName(disposition: string): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]*)"/i.exec(disposition)?.[1] ?? "");
}

async function answerTo(method: string, url: string, body: unknown, options: CallOptions): Promise<Response> {
  const headers = new Headers({ Accept: options.accept ?? "application/json" });
  const acting = actingAccount();
  if (acting) headers.set("X-Acting-Account", acting);
  const resource = url.split("?")[0] ?? url;
  const isForm = body instanceof FormData; // the browser writes its Content-Type, with the boundary
  if (body !== undefined && !isForm) headers.set("Content-Type", "application/json");
  if (method !== "GET") headers.set("X-CSRF-Token", cookie("csrf_token") ?? "");
  if (method === "POST") headers.set("Idempotency-Key", options.idempotencyKey ?? randomKey());
  const etag = options.ifMatch ? etags.get(resource) : undefined;
  if (etag) headers.set("If-Match", etag);
  const request: RequestInit = { method, headers, credentials: "same-origin", signal: options.signal };
  if (body !== undefined) request.body = isForm ? body : JSON.stringify(body);

  let response = await deliver(url, request);
  if (response.status === 401 && !options.anonymous && (await refreshSession())) response = await deliver(url, request);
  if (!response.ok) throw await refusal(response, options);
  const answered = response.headers.get("ETag");
  if (answered) etags.set(resource, answered);
  else if (method !== "GET") etags.delete(resource);
  return response;
}

/** A POST that got no answer is sent once more: its Idempotency-Key makes that safe. */
async function deliver(url: string, request: RequestInit): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(url, request);
      unreachable.set(false);
      return response;
    } catch (error) {
      if (request.signal?.aborted) throw error;
      unreachable.set(true);
      if (request.method !== "POST" || attempt > 0) throw new ApiError(0);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }
}

async function refusal(response: Response, options: CallOptions): Promise<ApiError> {
  const type = response.headers.get("Content-Type") ?? "";
  const problem = type.includes("json") ? ((await response.json().catch(() => ({}))) as Record<string, unknown>) : {};
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  if (response.status === 401 && !options.anonymous) unauthorized();
  return new ApiError(response.status, problem, retryAfter);
}
