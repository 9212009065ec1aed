// Written by web/scripts/generate-api.mjs from docs/openapi.json (npm run generate). Not to be edited.

export interface Account {
  id: string;
  parent_id: string | null;
  kind: "agency" | "business";
  name: string;
  agent_code: string;
  zone: string;
  created_at: string;
}

export interface Activity {
  id: string;
  type: string;
  at: string;
  client_id: string | null;
  client_name: string | null;
  subject: string | null;
  to: string | null;
  status: string | null;
  actor: string;
  data: unknown;
}

export interface ActorView {
  kind: string;
  name: string;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
}

export interface ApiKeyList {
  items: ApiKey[];
}

export interface BulkDeleted {
  deleted_count: number;
  failed_ids: string[];
  total_requested: number;
}

export interface BulkIds {
  ids: string[];
}

export interface BulkStage {
  ids: string[];
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
}

export interface BulkUpdated {
  updated_count: number;
  failed_ids: string[];
  total_requested: number;
}

export interface Client {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  property_address: string;
  property_type: "residential" | "commercial" | "land" | "other";
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  notes: string | null;
  custom_fields: Record<string, unknown>;
  tags: string[];
  zone: string | null;
  email_unsubscribed: boolean;
  unsubscribed_reason: string | null;
  last_contacted: string | null;
  created_at: string;
  updated_at: string;
  version: number;
}

export interface ClientFilter {
  q?: string | null;
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  tag?: string | null;
  sort?: "-created_at" | "created_at" | "name" | "-name" | "last_contacted" | "-last_contacted" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface ClientPage {
  items: Client[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface ClientPatch {
  name?: string;
  email?: string;
  phone?: string | null;
  property_address?: string;
  property_type?: "residential" | "commercial" | "land" | "other";
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  notes?: string | null;
  custom_fields?: Record<string, unknown>;
  tags?: string[];
  zone?: string | null;
  email_unsubscribed?: boolean;
}

export interface CreateOptions {
  create_tasks?: boolean | null;
}

export interface EmailDetail {
  id: string;
  task_id: string | null;
  client_id: string;
  client_name: string;
  from_email: string;
  from_name: string;
  to_email: string;
  subject: string;
  body: string;
  text_body: string;
  status: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred";
  source: "ai" | "template" | "person";
  sendgrid_message_id: string | null;
  error_message: string | null;
  retry_count: number;
  held_until: string | null;
  hold_reason: string | null;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  clicked_at: string | null;
  webhook_events: WebhookEvent[];
}

export interface EmailFilter {
  client_id?: string | null;
  status?: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface EmailSummary {
  id: string;
  task_id: string | null;
  client_id: string;
  client_name: string;
  from_email: string;
  from_name: string;
  to_email: string;
  subject: string;
  body: string;
  text_body: string;
  status: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred";
  source: "ai" | "template" | "person";
  sendgrid_message_id: string | null;
  error_message: string | null;
  retry_count: number;
  held_until: string | null;
  hold_reason: string | null;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  clicked_at: string | null;
}

export interface EmailSummaryPage {
  items: EmailSummary[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface FailedJob {
  id: string;
  kind: string;
  attempts: number;
  last_error: string;
  failed_at: string;
  args: unknown;
}

export interface FailedJobPage {
  items: FailedJob[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface FollowUpTask {
  id: string;
  client_id: string;
  client_name: string;
  journey_id: string | null;
  followup_type: "Day 1" | "Day 3" | "Week 1" | "Week 2" | "Month 1" | "Custom";
  scheduled_for: string;
  status: "pending" | "completed" | "skipped" | "cancelled";
  priority: "high" | "medium" | "low";
  notes: string | null;
  channel: "email" | "sms" | "whatsapp" | "call" | "note";
  mode: "automatic" | "approve" | "manual";
  email_sent_id: string | null;
  reason: string | null;
  failed: boolean;
  held_until: string | null;
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  version: number;
}

export interface FollowUpTaskPage {
  items: FollowUpTask[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface JobFilter {
  state?: "dead" | null;
  page?: number | null;
  limit?: number | null;
}

export interface Login {
  email: string;
  password: string;
  deviceId?: string | null;
  deviceFingerprint?: string | null;
  trustDevice?: boolean | null;
}

export interface MadeApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_at: string;
  api_key: string;
}

export interface Me {
  user: User;
  account: Account;
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  scopes: string[];
  csrf_token: string;
}

export interface NewApiKey {
  name: string;
  scopes: string[];
}

export interface NewClient {
  name: string;
  email: string;
  phone?: string | null;
  property_address: string;
  property_type: "residential" | "commercial" | "land" | "other";
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  notes?: string | null;
  custom_fields?: Record<string, unknown> | null;
  tags?: string[] | null;
  zone?: string | null;
}

export interface NewTask {
  client_id: string;
  followup_type: "Day 1" | "Day 3" | "Week 1" | "Week 2" | "Month 1" | "Custom";
  scheduled_for: string;
  priority: "high" | "medium" | "low";
  notes?: string | null;
  channel?: "email" | "sms" | "whatsapp" | "call" | "note" | null;
  mode?: "automatic" | "approve" | "manual" | null;
}

export interface Preview {
  subject: string;
  body: string;
  html_body: string;
  preview: string;
  source: "ai" | "template";
}

export interface PreviewRequest {
  client_id: string;
  task_id?: string | null;
  agent_instructions?: string | null;
}

export interface PublicConfig {
  name: string;
  version: string;
  sandbox: boolean;
  public_url: string;
}

export interface Recent {
  items: Activity[];
}

export interface RecentFilter {
  limit?: number | null;
}

export interface SendRequest {
  client_id: string;
  task_id?: string | null;
  to_email?: string | null;
  subject?: string | null;
  body?: string | null;
  agent_instructions?: string | null;
}

export interface SignedIn {
  accessToken: string;
  expiresIn: number;
  user: User;
}

export interface Stats {
  total_clients: number;
  active_clients: number;
  pending_tasks: number;
  completed_tasks: number;
  emails_sent_today: number;
  emails_sent_this_week: number;
  open_rate: number;
  click_rate: number;
  conversion_rate: number;
  clients_by_stage: Record<string, number>;
  tasks_by_status: Record<string, number>;
  emails_by_status: Record<string, number>;
  definitions: Record<string, string>;
}

export interface Success {
  success: boolean;
}

export interface TaskFilter {
  status?: "pending" | "completed" | "skipped" | "cancelled" | null;
  client_id?: string | null;
  failed?: boolean | null;
  due_before?: string | null;
  sort?: "scheduled_for" | "-scheduled_for" | "-created_at" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface TaskPatch {
  status?: "pending" | "completed" | "skipped" | "cancelled";
  scheduled_for?: string;
  notes?: string | null;
  priority?: "high" | "medium" | "low";
  mode?: "automatic" | "approve" | "manual";
}

export interface Timeline {
  items: TimelineItem[];
  next: string | null;
}

export interface TimelineFilter {
  limit?: number | null;
  cursor?: string | null;
}

export interface TimelineItem {
  id: string;
  kind: string;
  at: string;
  client_id: string | null;
  task_id: string | null;
  email_id: string | null;
  actor: ActorView;
  data: unknown;
}

export interface TrendDay {
  date: string;
  clients_created: number;
  emails_sent: number;
  emails_opened: number;
  emails_clicked: number;
  tasks_completed: number;
}

export interface TrendFilter {
  days?: number | null;
}

export interface Trends {
  days: TrendDay[];
}

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface WebhookEvent {
  event: string;
  timestamp: string;
  ip: string | null;
  useragent: string | null;
  url: string | null;
  sg_event_id: string;
  machine: boolean;
}

/** RFC 9457 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors?: {
    field: string;
    code: string;
    message: string;
  }[];
}

export interface Operations {
  /** Adds a client, with its five follow-ups unless create_tasks=false */
  create_client: {
    query: {
      create_tasks?: boolean;
    };
    body: NewClient;
    result: Client;
  };
  /** Adds a task by hand */
  create_task: {
    body: NewTask;
    result: FollowUpTask;
  };
  /** Deletes a client, keeping its history; its follow-ups stop */
  delete_client: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Deletes up to 1,000 clients; their follow-ups stop */
  delete_clients: {
    body: BulkIds;
    result: BulkDeleted;
  };
  /** Give it up for good */
  delete_job: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Deletes a task */
  delete_task: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Server-sent events of the account: what changed, as it changes */
  get_api_events: {
    result: unknown;
  };
  /** One API key */
  get_api_key: {
    path: {
      id: string;
    };
    result: ApiKey;
  };
  /** A client */
  get_client: {
    path: {
      id: string;
    };
    result: Client;
  };
  /** What a client must know before signing in */
  get_config: {
    result: PublicConfig;
  };
  /** An e-mail with its history */
  get_email: {
    path: {
      id: string;
    };
    result: EmailDetail;
  };
  /** Whether this process is alive */
  get_health: {
    result: unknown;
  };
  /** Who is signed in, where, with which rights */
  get_me: {
    result: Me;
  };
  /** Whether this server can serve */
  get_ready: {
    result: unknown;
  };
  /** What happened last, of every kind */
  get_recent_activity: {
    query: {
      limit?: number;
    };
    result: Recent;
  };
  /** The account's numbers, each with its definition */
  get_stats: {
    result: Stats;
  };
  /** A task */
  get_task: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  /** Everything that happened with a client, newest first */
  get_timeline: {
    path: {
      id: string;
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    result: Timeline;
  };
  /** Day by day in the account's time zone */
  get_trends: {
    query: {
      days?: number;
    };
    result: Trends;
  };
  /** The living API keys */
  list_api_keys: {
    result: ApiKeyList;
  };
  /** A client's tasks, next due first */
  list_client_tasks: {
    path: {
      id: string;
    };
    query: {
      status?: "pending" | "completed" | "skipped" | "cancelled";
      client_id?: string;
      failed?: boolean;
      due_before?: string;
      sort?: "scheduled_for" | "-scheduled_for" | "-created_at";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: FollowUpTaskPage;
  };
  /** Lists, searches, filters and sorts the living clients */
  list_clients: {
    query: {
      q?: string;
      stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
      tag?: string;
      sort?: "-created_at" | "created_at" | "name" | "-name" | "last_contacted" | "-last_contacted";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: ClientPage;
  };
  /** What was sent, newest first */
  list_emails: {
    query: {
      client_id?: string;
      status?: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: EmailSummaryPage;
  };
  /** Background work that gave up */
  list_jobs: {
    query: {
      state?: "dead";
      page?: number;
      limit?: number;
    };
    result: FailedJobPage;
  };
  /** Follow-up tasks, next due first */
  list_tasks: {
    query: {
      status?: "pending" | "completed" | "skipped" | "cancelled";
      client_id?: string;
      failed?: boolean;
      due_before?: string;
      sort?: "scheduled_for" | "-scheduled_for" | "-created_at";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: FollowUpTaskPage;
  };
  /** Make an API key, which is shown this once */
  make_api_key: {
    body: NewApiKey;
    result: MadeApiKey;
  };
  /** Moves up to 1,000 clients to a stage */
  move_clients: {
    body: BulkStage;
    result: BulkUpdated;
  };
  /** Writes an e-mail and shows it; nothing is stored or sent */
  preview_email: {
    body: PreviewRequest;
    result: Preview;
  };
  /** Undoes a deletion */
  restore_client: {
    path: {
      id: string;
    };
    result: Client;
  };
  /** Undoes deletions */
  restore_clients: {
    body: BulkIds;
    result: BulkUpdated;
  };
  /** Sends a failed e-mail again */
  retry_email: {
    path: {
      id: string;
    };
    result: EmailDetail;
  };
  /** Run it once more */
  retry_job: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Tries a failed task again */
  retry_task: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  /** Revoke an API key, at once and on every server */
  revoke_api_key: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Sends an e-mail to a client, writing what is not given */
  send_email: {
    body: SendRequest;
    result: EmailDetail;
  };
  /** SendGrid's signed event webhook */
  sendgrid_events: {
    result: unknown;
  };
  /** Sign in with e-mail address and password */
  sign_in: {
    body: Login;
    result: SignedIn;
  };
  /** End this session */
  sign_out: {
    result: void;
  };
  /** Changes what is sent; null clears what may be empty; If-Match guards against lost updates */
  update_client: {
    path: {
      id: string;
    };
    body: ClientPatch;
    result: Client;
  };
  /** Completes, skips, cancels, reschedules or annotates a task */
  update_task: {
    path: {
      id: string;
    };
    body: TaskPatch;
    result: FollowUpTask;
  };
}

export const operations = {
  create_client: ["POST", "/api/clients"],
  create_task: ["POST", "/api/tasks"],
  delete_client: ["DELETE", "/api/clients/{id}"],
  delete_clients: ["DELETE", "/api/clients/bulk"],
  delete_job: ["DELETE", "/api/jobs/{id}"],
  delete_task: ["DELETE", "/api/tasks/{id}"],
  get_api_events: ["GET", "/api/events"],
  get_api_key: ["GET", "/api/api-keys/{id}"],
  get_client: ["GET", "/api/clients/{id}"],
  get_config: ["GET", "/api/config"],
  get_email: ["GET", "/api/emails/{id}"],
  get_health: ["GET", "/health"],
  get_me: ["GET", "/api/auth/me"],
  get_ready: ["GET", "/ready"],
  get_recent_activity: ["GET", "/api/dashboard/recent-activity"],
  get_stats: ["GET", "/api/dashboard/stats"],
  get_task: ["GET", "/api/tasks/{id}"],
  get_timeline: ["GET", "/api/contacts/{id}/timeline"],
  get_trends: ["GET", "/api/dashboard/trends"],
  list_api_keys: ["GET", "/api/api-keys"],
  list_client_tasks: ["GET", "/api/clients/{id}/tasks"],
  list_clients: ["GET", "/api/clients"],
  list_emails: ["GET", "/api/emails"],
  list_jobs: ["GET", "/api/jobs"],
  list_tasks: ["GET", "/api/tasks"],
  make_api_key: ["POST", "/api/api-keys"],
  move_clients: ["POST", "/api/clients/bulk/stage"],
  preview_email: ["POST", "/api/emails/preview"],
  restore_client: ["POST", "/api/clients/{id}/restore"],
  restore_clients: ["POST", "/api/clients/bulk/restore"],
  retry_email: ["POST", "/api/emails/{id}/retry"],
  retry_job: ["POST", "/api/jobs/{id}/retry"],
  retry_task: ["POST", "/api/tasks/{id}/retry"],
  revoke_api_key: ["DELETE", "/api/api-keys/{id}"],
  send_email: ["POST", "/api/emails/send"],
  sendgrid_events: ["POST", "/webhook/sendgrid"],
  sign_in: ["POST", "/api/auth/login"],
  sign_out: ["POST", "/api/auth/logout"],
  update_client: ["PATCH", "/api/clients/{id}"],
  update_task: ["PATCH", "/api/tasks/{id}"],
} as const satisfies Record<keyof Operations, readonly [string, string]>;

/** Who may call an operation, where not every member may. */
export const roles = {
  get_api_key: ["owner", "admin", "agent"],
  list_api_keys: ["owner", "admin", "agent"],
  make_api_key: ["owner", "admin", "agent"],
  revoke_api_key: ["owner", "admin", "agent"],
} as const;

/** The values of every enum, by schema and field. */
export const enums = {
  Account: {
    kind: ["agency", "business"],
  },
  BulkStage: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  Client: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  ClientFilter: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    sort: ["-created_at", "created_at", "name", "-name", "last_contacted", "-last_contacted"],
  },
  ClientPatch: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  EmailDetail: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
    source: ["ai", "template", "person"],
  },
  EmailFilter: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
  },
  EmailSummary: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
    source: ["ai", "template", "person"],
  },
  FollowUpTask: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    status: ["pending", "completed", "skipped", "cancelled"],
    priority: ["high", "medium", "low"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  JobFilter: {
    state: ["dead"],
  },
  Me: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  NewClient: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewTask: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    priority: ["high", "medium", "low"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  Preview: {
    source: ["ai", "template"],
  },
  TaskFilter: {
    status: ["pending", "completed", "skipped", "cancelled"],
    sort: ["scheduled_for", "-scheduled_for", "-created_at"],
  },
  TaskPatch: {
    status: ["pending", "completed", "skipped", "cancelled"],
    priority: ["high", "medium", "low"],
    mode: ["automatic", "approve", "manual"],
  },
} as const;

/** What each request body demands, by schema and field. */
export const rules = {
  BulkIds: {
    ids: { required: true },
  },
  BulkStage: {
    ids: { required: true },
    stage: { required: true },
  },
  ClientPatch: {
    name: { minLength: 1, maxLength: 100 },
    email: { maxLength: 254, format: "email" },
    phone: { minLength: 3, maxLength: 20, format: "phone" },
    property_address: { minLength: 1, maxLength: 200 },
    property_type: {},
    stage: {},
    notes: { maxLength: 1000 },
    custom_fields: {},
    tags: {},
    zone: {},
    email_unsubscribed: {},
  },
  Login: {
    email: { required: true, maxLength: 254, format: "email" },
    password: { required: true, maxLength: 1024, format: "password" },
    deviceId: { maxLength: 200 },
    deviceFingerprint: { maxLength: 500 },
    trustDevice: {},
  },
  NewApiKey: {
    name: { required: true, minLength: 1, maxLength: 100 },
    scopes: { required: true },
  },
  NewClient: {
    name: { required: true, minLength: 1, maxLength: 100 },
    email: { required: true, maxLength: 254, format: "email" },
    phone: { minLength: 3, maxLength: 20, format: "phone" },
    property_address: { required: true, minLength: 1, maxLength: 200 },
    property_type: { required: true },
    stage: { required: true },
    notes: { maxLength: 1000 },
    custom_fields: {},
    tags: {},
    zone: {},
  },
  NewTask: {
    client_id: { required: true, format: "uuid" },
    followup_type: { required: true },
    scheduled_for: { required: true, format: "date-time" },
    priority: { required: true },
    notes: { maxLength: 500 },
    channel: {},
    mode: {},
  },
  PreviewRequest: {
    client_id: { required: true, format: "uuid" },
    task_id: { format: "uuid" },
    agent_instructions: { maxLength: 500 },
  },
  SendRequest: {
    client_id: { required: true, format: "uuid" },
    task_id: { format: "uuid" },
    to_email: { maxLength: 254, format: "email" },
    subject: { minLength: 1, maxLength: 200 },
    body: { minLength: 1, maxLength: 100000 },
    agent_instructions: { maxLength: 500 },
  },
  TaskPatch: {
    status: {},
    scheduled_for: { format: "date-time" },
    notes: { maxLength: 500 },
    priority: {},
    mode: {},
  },
} as const;
