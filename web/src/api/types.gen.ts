// Written by web/scripts/generate-api.mjs from docs/openapi.json (npm run generate). Not to be edited.

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

export interface NewClient {
  name: string;
  email: string;
  phone?: string | null;
  property_address: string;
  property_type: "residential" | "commercial" | "land" | "other";
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  notes?: string | null;
  custom_fields?: Record<string, unknown>;
  tags?: string[];
  zone?: string | null;
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

export interface ClientPage {
  items: Client[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface Success {
  success: boolean;
}

export interface Ids {
  ids: string[];
}

export interface IdsStage {
  ids: string[];
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
}

export interface BulkDeleted {
  deleted_count: number;
  failed_ids: string[];
  total_requested: number;
}

export interface BulkUpdated {
  updated_count: number;
  failed_ids: string[];
  total_requested: number;
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

export interface NewTask {
  client_id: string;
  followup_type: "Day 1" | "Day 3" | "Week 1" | "Week 2" | "Month 1" | "Custom";
  scheduled_for: string;
  priority?: "high" | "medium" | "low";
  notes?: string | null;
  channel?: "email" | "sms" | "whatsapp" | "call" | "note";
  mode?: "automatic" | "approve" | "manual";
}

export interface TaskPatch {
  status?: "pending" | "completed" | "skipped" | "cancelled";
  scheduled_for?: string;
  notes?: string | null;
  priority?: "high" | "medium" | "low";
  mode?: "automatic" | "approve" | "manual";
}

export interface FollowUpTaskPage {
  items: FollowUpTask[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
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

export interface WebhookEvent {
  event: string;
  timestamp: string;
  ip: string | null;
  useragent: string | null;
  url: string | null;
  sg_event_id: string;
  machine: boolean;
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

export interface EmailSummaryPage {
  items: EmailSummary[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface PreviewRequest {
  client_id: string;
  task_id?: string | null;
  agent_instructions?: string | null;
}

export interface Preview {
  subject: string;
  body: string;
  html_body: string;
  preview: string;
  source: "ai" | "template";
}

export interface SendRequest {
  client_id: string;
  task_id?: string | null;
  to_email?: string | null;
  subject?: string | null;
  body?: string | null;
  agent_instructions?: string | null;
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

export interface Recent {
  items: Activity[];
}

export interface TrendDay {
  date: string;
  clients_created: number;
  emails_sent: number;
  emails_opened: number;
  emails_clicked: number;
  tasks_completed: number;
}

export interface Trends {
  days: TrendDay[];
}

export interface ActorView {
  kind: string;
  name: string;
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

export interface Timeline {
  items: TimelineItem[];
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

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
}

export interface NewApiKey {
  name: string;
  scopes: string[];
}

export interface MadeApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_at: string;
  api_key: string;
}

export interface ApiKeyList {
  items: ApiKey[];
}

export interface Login {
  email: string;
  password: string;
}

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface SignedIn {
  accessToken: string;
  expiresIn: number;
  user: User;
}

export interface Account {
  id: string;
  name: string;
  parent_id: string | null;
  kind: "agency" | "business";
  agent_code: string;
  zone: string;
  created_at: string;
}

export interface Me {
  user: User;
  account: Account;
  role: string;
  scopes: string[];
  csrf_token: string;
}

export interface Config {
  version: string;
  sandbox: boolean;
  public_url: string;
}

export interface Operations {
  create_client: {
    query: {
      create_tasks?: boolean;
    };
    body: NewClient;
    result: Client;
  };
  create_task: {
    body: NewTask;
    result: FollowUpTask;
  };
  delete_client: {
    path: {
      id: string;
    };
    result: Success;
  };
  delete_clients: {
    body: Ids;
    result: BulkDeleted;
  };
  delete_task: {
    path: {
      id: string;
    };
    result: Success;
  };
  get_client: {
    path: {
      id: string;
    };
    result: Client;
  };
  get_config: {
    result: Config;
  };
  get_email: {
    path: {
      id: string;
    };
    result: EmailDetail;
  };
  get_me: {
    result: Me;
  };
  get_recent_activity: {
    query: {
      limit?: number;
    };
    result: Recent;
  };
  get_stats: {
    result: Stats;
  };
  get_task: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  get_timeline: {
    path: {
      id: string;
    };
    query: {
      cursor?: string;
      limit?: number;
    };
    result: Timeline;
  };
  get_trends: {
    query: {
      days?: number;
    };
    result: Trends;
  };
  list_api_keys: {
    result: ApiKeyList;
  };
  list_client_tasks: {
    path: {
      id: string;
    };
    query: {
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: FollowUpTaskPage;
  };
  list_clients: {
    query: {
      q?: string;
      stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
      tag?: string;
      sort?: "-created_at" | "created_at" | "name" | "-name" | "-last_contacted" | "last_contacted";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: ClientPage;
  };
  list_emails: {
    query: {
      status?: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred";
      client_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: EmailSummaryPage;
  };
  list_jobs: {
    query: {
      state?: "dead";
      page?: number;
      limit?: number;
    };
    result: FailedJobPage;
  };
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
  make_api_key: {
    body: NewApiKey;
    result: MadeApiKey;
  };
  move_clients: {
    body: IdsStage;
    result: BulkUpdated;
  };
  preview_email: {
    body: PreviewRequest;
    result: Preview;
  };
  restore_client: {
    path: {
      id: string;
    };
    result: Client;
  };
  restore_clients: {
    body: Ids;
    result: BulkUpdated;
  };
  retry_email: {
    path: {
      id: string;
    };
    result: EmailDetail;
  };
  retry_job: {
    path: {
      id: string;
    };
    result: void;
  };
  retry_task: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  revoke_api_key: {
    path: {
      id: string;
    };
    result: void;
  };
  send_email: {
    body: SendRequest;
    result: EmailDetail;
  };
  sign_in: {
    body: Login;
    result: SignedIn;
  };
  sign_out: {
    result: void;
  };
  update_client: {
    path: {
      id: string;
    };
    body: ClientPatch;
    result: Client;
  };
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
  delete_task: ["DELETE", "/api/tasks/{id}"],
  get_client: ["GET", "/api/clients/{id}"],
  get_config: ["GET", "/api/config"],
  get_email: ["GET", "/api/emails/{id}"],
  get_me: ["GET", "/api/auth/me"],
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
  sign_in: ["POST", "/api/auth/login"],
  sign_out: ["POST", "/api/auth/logout"],
  update_client: ["PATCH", "/api/clients/{id}"],
  update_task: ["PATCH", "/api/tasks/{id}"],
} as const satisfies Record<keyof Operations, readonly [string, string]>;

/** Who may call an operation, where not every member may. */
export const roles = {
  list_api_keys: ["owner", "admin", "agent"],
  make_api_key: ["owner", "admin", "agent"],
  revoke_api_key: ["owner", "admin", "agent"],
} as const;

/** The values of every enum, by schema and field. */
export const enums = {
  Client: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewClient: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  ClientPatch: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  IdsStage: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  FollowUpTask: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    status: ["pending", "completed", "skipped", "cancelled"],
    priority: ["high", "medium", "low"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  NewTask: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    priority: ["high", "medium", "low"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  TaskPatch: {
    status: ["pending", "completed", "skipped", "cancelled"],
    priority: ["high", "medium", "low"],
    mode: ["automatic", "approve", "manual"],
  },
  EmailSummary: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
    source: ["ai", "template", "person"],
  },
  EmailDetail: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
    source: ["ai", "template", "person"],
  },
  Preview: {
    source: ["ai", "template"],
  },
  Account: {
    kind: ["agency", "business"],
  },
} as const;

/** What each request body demands, by schema and field. */
export const rules = {
  ClientPatch: {
    name: { minLength: 1, maxLength: 100 },
    email: { format: "email" },
    phone: { maxLength: 20 },
    property_address: { minLength: 1, maxLength: 200 },
    property_type: {},
    stage: {},
    notes: { maxLength: 1000 },
    custom_fields: {},
    tags: {},
    zone: {},
    email_unsubscribed: {},
  },
  Ids: {
    ids: { required: true },
  },
  IdsStage: {
    ids: { required: true },
    stage: { required: true },
  },
  Login: {
    email: { required: true },
    password: { required: true },
  },
  NewApiKey: {
    name: { required: true, minLength: 1, maxLength: 100 },
    scopes: { required: true },
  },
  NewClient: {
    name: { required: true, minLength: 1, maxLength: 100 },
    email: { required: true, maxLength: 254, format: "email" },
    phone: { maxLength: 20 },
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
    priority: {},
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
    to_email: {},
    subject: { maxLength: 200 },
    body: {},
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
