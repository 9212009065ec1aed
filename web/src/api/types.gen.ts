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

export interface Approval {
  id: string;
  client_id: string;
  client_name: string;
  client_email: string;
  journey_name: string | null;
  name: string;
  notes: string | null;
  scheduled_for: string;
  priority: "high" | "medium" | "low";
  subject: string;
  body: string;
  source: "ai" | "template" | "person";
  drafted_at: string;
  version: number;
}

export interface ApprovalFilter {
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface ApprovalPage {
  items: Approval[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
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

export interface DraftPatch {
  subject?: string;
  body?: string;
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
  journey_name: string | null;
  title: string | null;
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
  paused: boolean;
  drafted: boolean;
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

export interface Journey {
  id: string;
  client_id: string;
  client_name: string;
  template_id: string;
  name: string;
  status: "in_progress" | "paused" | "stopped" | "completed";
  started_at: string;
  paused_at: string | null;
  ended_at: string | null;
  end_reason: string | null;
  steps: number;
  steps_done: number;
  zone: string;
  next: NextStep | null;
}

export interface JourneyFilter {
  status?: "in_progress" | "paused" | "stopped" | "completed" | null;
  client_id?: string | null;
  template_id?: string | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface JourneyPage {
  items: Journey[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface JourneyTemplate {
  id: string;
  name: string;
  starts: "new_client" | "stage_entered" | "by_hand";
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  active: boolean;
  built_in: boolean;
  edited: boolean;
  steps: Step[];
  running: number;
  version: number;
}

export interface JourneyTemplatePatch {
  name?: string;
  starts?: "new_client" | "stage_entered" | "by_hand";
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  active?: boolean;
  steps?: NewStep[];
}

export interface JourneyTemplates {
  items: JourneyTemplate[];
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

export interface NewJourney {
  template_id: string;
  replace?: boolean | null;
}

export interface NewJourneyTemplate {
  name: string;
  starts?: "new_client" | "stage_entered" | "by_hand" | null;
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  active?: boolean | null;
  steps: NewStep[];
}

export interface NewStep {
  id?: string | null;
  name: string;
  followup_type?: "Day 1" | "Day 3" | "Week 1" | "Week 2" | "Month 1" | "Custom" | null;
  offset_minutes: number;
  channel?: "email" | "sms" | "whatsapp" | "call" | "note" | null;
  priority?: "high" | "medium" | "low" | null;
  mode?: "automatic" | "approve" | "manual" | null;
  instructions?: string | null;
}

export interface NewTask {
  client_id: string;
  followup_type: "Day 1" | "Day 3" | "Week 1" | "Week 2" | "Month 1" | "Custom";
  scheduled_for: string;
  priority: "high" | "medium" | "low";
  title?: string | null;
  notes?: string | null;
  channel?: "email" | "sms" | "whatsapp" | "call" | "note" | null;
  mode?: "automatic" | "approve" | "manual" | null;
}

export interface NextStep {
  task_id: string;
  name: string;
  channel: "email" | "sms" | "whatsapp" | "call" | "note";
  mode: "automatic" | "approve" | "manual";
  scheduled_for: string;
  goes_at: string;
  reason: string | null;
  failed: boolean;
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

export interface Recent {
  items: Activity[];
}

export interface RecentFilter {
  limit?: number | null;
}

export interface RejectRequest {
  reason?: string | null;
}

export interface RewriteRequest {
  agent_instructions?: string | null;
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

export interface Step {
  id: string;
  name: string;
  followup_type: "Day 1" | "Day 3" | "Week 1" | "Week 2" | "Month 1" | "Custom";
  offset_minutes: number;
  channel: "email" | "sms" | "whatsapp" | "call" | "note";
  priority: "high" | "medium" | "low";
  mode: "automatic" | "approve" | "manual";
  instructions: string | null;
  manual_reason: string | null;
}

export interface StopRequest {
  reason?: string | null;
}

export interface Success {
  success: boolean;
}

export interface TaskFilter {
  status?: "pending" | "completed" | "skipped" | "cancelled" | null;
  client_id?: string | null;
  failed?: boolean | null;
  due_before?: string | null;
  due_from?: string | null;
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
  reason?: string | null;
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

export interface Reason {
  code: string;
  points: number;
  count: number;
  words: string;
}

export interface TodayItem {
  id: string;
  kind: "approve" | "failed" | "task" | "suggestion" | "reach_out";
  client_id: string;
  client_name: string;
  client_email: string;
  phone: string | null;
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  points: number;
  reasons: Reason[];
  task_id: string | null;
  suggestion_id: string | null;
  title: string;
  notes: string | null;
  channel: "email" | "sms" | "whatsapp" | "call" | "note" | null;
  to_stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  due: string | null;
}

export interface TodayList {
  items: TodayItem[];
  total: number;
  done: number;
  date: string;
}

export interface NewSkip {
  client_id: string;
  reason?: string | null;
}

export interface NewTouch {
  client_id: string;
  channel: "email" | "sms" | "whatsapp" | "call" | "note";
  notes?: string | null;
}

export interface StageRule {
  id: string;
  name: string;
  trigger: "replied" | "booked" | "opened" | "clicked" | "silent" | "task_completed";
  threshold: number;
  from_stages: ("lead" | "negotiating" | "under_contract" | "closed" | "lost")[];
  to_stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  action: "suggest" | "move";
  active: boolean;
  version: number;
}

export interface StageRules {
  items: StageRule[];
}

export interface NewStageRule {
  name: string;
  trigger: "replied" | "booked" | "opened" | "clicked" | "silent" | "task_completed";
  threshold?: number;
  from_stages: ("lead" | "negotiating" | "under_contract" | "closed" | "lost")[];
  to_stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  action?: "suggest" | "move";
  active?: boolean;
}

export interface StageRulePatch {
  name?: string;
  trigger?: "replied" | "booked" | "opened" | "clicked" | "silent" | "task_completed";
  threshold?: number;
  from_stages?: ("lead" | "negotiating" | "under_contract" | "closed" | "lost")[];
  to_stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  action?: "suggest" | "move";
  active?: boolean;
}

export interface StageSuggestion {
  id: string;
  client_id: string;
  client_name: string;
  rule_id: string;
  rule_name: string;
  trigger: "replied" | "booked" | "opened" | "clicked" | "silent" | "task_completed";
  count: number;
  from_stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  to_stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  status: "open" | "accepted" | "dismissed" | "done" | "undone" | "outdated";
  created_at: string;
  decided_at: string | null;
}

export interface StageSuggestionPage {
  items: StageSuggestion[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface TaskChange {
  id: string;
  status?: "pending" | "completed" | "skipped" | "cancelled";
  scheduled_for?: string;
  reason?: string | null;
}

export interface BulkTasks {
  items: TaskChange[];
}

export interface TaskFailure {
  id: string;
  reason: string;
}

export interface BulkTaskResult {
  updated_count: number;
  failed_ids: string[];
  failures: TaskFailure[];
  total_requested: number;
}

export interface Operations {
  accept_stage_suggestion: {
    path: {
      id: string;
    };
    result: StageSuggestion;
  };
  /** Sends the draft as it stands, through the send gate */
  approve: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  /** Adds a client, with its five follow-ups unless create_tasks=false */
  create_client: {
    query: {
      create_tasks?: boolean;
    };
    body: NewClient;
    result: Client;
  };
  /** Adds a follow-up plan */
  create_journey_template: {
    body: NewJourneyTemplate;
    result: JourneyTemplate;
  };
  create_stage_rule: {
    body: NewStageRule;
    result: StageRule;
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
  /** Deletes a plan, journeys under way go on; the built-in plan gets its first form back */
  delete_journey_template: {
    path: {
      id: string;
    };
    result: Success;
  };
  delete_stage_rule: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Deletes a task */
  delete_task: {
    path: {
      id: string;
    };
    result: Success;
  };
  dismiss_stage_suggestion: {
    path: {
      id: string;
    };
    result: StageSuggestion;
  };
  /** Changes a draft */
  edit_approval: {
    path: {
      id: string;
    };
    body: DraftPatch;
    result: Approval;
  };
  /** Server-sent events of the account: what changed, as it changes */
  get_api_events: {
    result: void;
  };
  /** One API key */
  get_api_key: {
    path: {
      id: string;
    };
    result: ApiKey;
  };
  /** A draft, by its task */
  get_approval: {
    path: {
      id: string;
    };
    result: Approval;
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
    result: void;
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
    result: void;
  };
  /** A journey */
  get_journey: {
    path: {
      id: string;
    };
    result: Journey;
  };
  /** A follow-up plan with its steps */
  get_journey_template: {
    path: {
      id: string;
    };
    result: JourneyTemplate;
  };
  /** Who is signed in, where, with which rights */
  get_me: {
    result: Me;
  };
  /** Whether this server can serve */
  get_ready: {
    result: void;
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
  get_today: {
    query: {
      limit?: number;
    };
    result: TodayList;
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
  /** Due messages that wait for a person's yes, longest waiting first */
  list_approvals: {
    query: {
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: ApprovalPage;
  };
  /** A client's journeys, newest first */
  list_client_journeys: {
    path: {
      id: string;
    };
    query: {
      status?: "in_progress" | "paused" | "stopped" | "completed";
      client_id?: string;
      template_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: JourneyPage;
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
      due_from?: string;
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
  /** The account's follow-up plans, the built-in one first */
  list_journey_templates: {
    result: JourneyTemplates;
  };
  /** Follow-up plans under way and past ones, newest first, each with its next step */
  list_journeys: {
    query: {
      status?: "in_progress" | "paused" | "stopped" | "completed";
      client_id?: string;
      template_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: JourneyPage;
  };
  list_stage_rules: {
    result: StageRules;
  };
  list_stage_suggestions: {
    query: {
      status?: string;
      limit?: number;
    };
    result: StageSuggestionPage;
  };
  /** Follow-up tasks, next due first */
  list_tasks: {
    query: {
      status?: "pending" | "completed" | "skipped" | "cancelled";
      client_id?: string;
      failed?: boolean;
      due_before?: string;
      due_from?: string;
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
  /** Nothing is sent until it is resumed */
  pause_journey: {
    path: {
      id: string;
    };
    result: Journey;
  };
  /** Writes an e-mail and shows it; nothing is stored or sent */
  preview_email: {
    body: PreviewRequest;
    result: Preview;
  };
  /** Skips the step; its draft is not sent */
  reject: {
    path: {
      id: string;
    };
    body: RejectRequest;
    result: FollowUpTask;
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
  /** Undoes a deletion */
  restore_journey_template: {
    path: {
      id: string;
    };
    result: JourneyTemplate;
  };
  restore_stage_rule: {
    path: {
      id: string;
    };
    result: StageRule;
  };
  /** Goes on: after a pause everything to come moves by its length */
  resume_journey: {
    path: {
      id: string;
    };
    result: Journey;
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
  /** Has the draft written again, with instructions */
  rewrite_approval: {
    path: {
      id: string;
    };
    body: RewriteRequest;
    result: Approval;
  };
  /** Sends an e-mail to a client, writing what is not given */
  send_email: {
    body: SendRequest;
    result: EmailDetail;
  };
  /** Sends a follow-up that is still to come, whatever the hour */
  send_task_now: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  /** SendGrid's signed event webhook */
  sendgrid_events: {
    result: void;
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
  skip_person: {
    body: NewSkip;
    result: Success;
  };
  /** Starts a plan with a client */
  start_journey: {
    path: {
      id: string;
    };
    body: NewJourney;
    result: Journey;
  };
  /** Ends it; its steps are skipped with the reason */
  stop_journey: {
    path: {
      id: string;
    };
    body: StopRequest;
    result: Journey;
  };
  touch_person: {
    body: NewTouch;
    result: FollowUpTask;
  };
  undo_stage_suggestion: {
    path: {
      id: string;
    };
    result: StageSuggestion;
  };
  unskip_person: {
    path: {
      client_id: string;
    };
    result: Success;
  };
  /** Changes what is sent; null clears what may be empty; If-Match guards against lost updates */
  update_client: {
    path: {
      id: string;
    };
    body: ClientPatch;
    result: Client;
  };
  /** Changes a plan; journeys under way follow it from each person's position on */
  update_journey_template: {
    path: {
      id: string;
    };
    body: JourneyTemplatePatch;
    result: JourneyTemplate;
  };
  update_stage_rule: {
    path: {
      id: string;
    };
    body: StageRulePatch;
    result: StageRule;
  };
  /** Completes, skips, cancels, reschedules or annotates a task */
  update_task: {
    path: {
      id: string;
    };
    body: TaskPatch;
    result: FollowUpTask;
  };
  update_tasks: {
    body: BulkTasks;
    result: BulkTaskResult;
  };
}

export const operations = {
  accept_stage_suggestion: ["POST", "/api/stage-suggestions/{id}/accept"],
  approve: ["POST", "/api/approvals/{id}/approve"],
  create_client: ["POST", "/api/clients"],
  create_journey_template: ["POST", "/api/journey-templates"],
  create_stage_rule: ["POST", "/api/stage-rules"],
  create_task: ["POST", "/api/tasks"],
  delete_client: ["DELETE", "/api/clients/{id}"],
  delete_clients: ["DELETE", "/api/clients/bulk"],
  delete_job: ["DELETE", "/api/jobs/{id}"],
  delete_journey_template: ["DELETE", "/api/journey-templates/{id}"],
  delete_stage_rule: ["DELETE", "/api/stage-rules/{id}"],
  delete_task: ["DELETE", "/api/tasks/{id}"],
  dismiss_stage_suggestion: ["POST", "/api/stage-suggestions/{id}/dismiss"],
  edit_approval: ["PATCH", "/api/approvals/{id}"],
  get_api_events: ["GET", "/api/events"],
  get_api_key: ["GET", "/api/api-keys/{id}"],
  get_approval: ["GET", "/api/approvals/{id}"],
  get_client: ["GET", "/api/clients/{id}"],
  get_config: ["GET", "/api/config"],
  get_email: ["GET", "/api/emails/{id}"],
  get_health: ["GET", "/health"],
  get_journey: ["GET", "/api/journeys/{id}"],
  get_journey_template: ["GET", "/api/journey-templates/{id}"],
  get_me: ["GET", "/api/auth/me"],
  get_ready: ["GET", "/ready"],
  get_recent_activity: ["GET", "/api/dashboard/recent-activity"],
  get_stats: ["GET", "/api/dashboard/stats"],
  get_task: ["GET", "/api/tasks/{id}"],
  get_timeline: ["GET", "/api/contacts/{id}/timeline"],
  get_today: ["GET", "/api/today"],
  get_trends: ["GET", "/api/dashboard/trends"],
  list_api_keys: ["GET", "/api/api-keys"],
  list_approvals: ["GET", "/api/approvals"],
  list_client_journeys: ["GET", "/api/clients/{id}/journeys"],
  list_client_tasks: ["GET", "/api/clients/{id}/tasks"],
  list_clients: ["GET", "/api/clients"],
  list_emails: ["GET", "/api/emails"],
  list_jobs: ["GET", "/api/jobs"],
  list_journey_templates: ["GET", "/api/journey-templates"],
  list_journeys: ["GET", "/api/journeys"],
  list_stage_rules: ["GET", "/api/stage-rules"],
  list_stage_suggestions: ["GET", "/api/stage-suggestions"],
  list_tasks: ["GET", "/api/tasks"],
  make_api_key: ["POST", "/api/api-keys"],
  move_clients: ["POST", "/api/clients/bulk/stage"],
  pause_journey: ["POST", "/api/journeys/{id}/pause"],
  preview_email: ["POST", "/api/emails/preview"],
  reject: ["POST", "/api/approvals/{id}/reject"],
  restore_client: ["POST", "/api/clients/{id}/restore"],
  restore_clients: ["POST", "/api/clients/bulk/restore"],
  restore_journey_template: ["POST", "/api/journey-templates/{id}/restore"],
  restore_stage_rule: ["POST", "/api/stage-rules/{id}/restore"],
  resume_journey: ["POST", "/api/journeys/{id}/resume"],
  retry_email: ["POST", "/api/emails/{id}/retry"],
  retry_job: ["POST", "/api/jobs/{id}/retry"],
  retry_task: ["POST", "/api/tasks/{id}/retry"],
  revoke_api_key: ["DELETE", "/api/api-keys/{id}"],
  rewrite_approval: ["POST", "/api/approvals/{id}/rewrite"],
  send_email: ["POST", "/api/emails/send"],
  send_task_now: ["POST", "/api/tasks/{id}/send-now"],
  sendgrid_events: ["POST", "/webhook/sendgrid"],
  sign_in: ["POST", "/api/auth/login"],
  sign_out: ["POST", "/api/auth/logout"],
  skip_person: ["POST", "/api/today/skips"],
  start_journey: ["POST", "/api/clients/{id}/journeys"],
  stop_journey: ["POST", "/api/journeys/{id}/stop"],
  touch_person: ["POST", "/api/today/touches"],
  undo_stage_suggestion: ["POST", "/api/stage-suggestions/{id}/undo"],
  unskip_person: ["DELETE", "/api/today/skips/{client_id}"],
  update_client: ["PATCH", "/api/clients/{id}"],
  update_journey_template: ["PATCH", "/api/journey-templates/{id}"],
  update_stage_rule: ["PATCH", "/api/stage-rules/{id}"],
  update_task: ["PATCH", "/api/tasks/{id}"],
  update_tasks: ["PATCH", "/api/tasks/bulk"],
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
  Approval: {
    priority: ["high", "medium", "low"],
    source: ["ai", "template", "person"],
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
  Journey: {
    status: ["in_progress", "paused", "stopped", "completed"],
  },
  JourneyFilter: {
    status: ["in_progress", "paused", "stopped", "completed"],
  },
  JourneyTemplate: {
    starts: ["new_client", "stage_entered", "by_hand"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  JourneyTemplatePatch: {
    starts: ["new_client", "stage_entered", "by_hand"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  Me: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  NewClient: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewJourneyTemplate: {
    starts: ["new_client", "stage_entered", "by_hand"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewStep: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    priority: ["high", "medium", "low"],
    mode: ["automatic", "approve", "manual"],
  },
  NewTask: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    priority: ["high", "medium", "low"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  NextStep: {
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  Preview: {
    source: ["ai", "template"],
  },
  Step: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    priority: ["high", "medium", "low"],
    mode: ["automatic", "approve", "manual"],
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
  TodayItem: {
    kind: ["approve", "failed", "task", "suggestion", "reach_out"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewTouch: {
    channel: ["email", "sms", "whatsapp", "call", "note"],
  },
  StageRule: {
    trigger: ["replied", "booked", "opened", "clicked", "silent", "task_completed"],
    from_stages: ["lead", "negotiating", "under_contract", "closed", "lost"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    action: ["suggest", "move"],
  },
  NewStageRule: {
    trigger: ["replied", "booked", "opened", "clicked", "silent", "task_completed"],
    from_stages: ["lead", "negotiating", "under_contract", "closed", "lost"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    action: ["suggest", "move"],
  },
  StageRulePatch: {
    trigger: ["replied", "booked", "opened", "clicked", "silent", "task_completed"],
    from_stages: ["lead", "negotiating", "under_contract", "closed", "lost"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    action: ["suggest", "move"],
  },
  StageSuggestion: {
    trigger: ["replied", "booked", "opened", "clicked", "silent", "task_completed"],
    from_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    status: ["open", "accepted", "dismissed", "done", "undone", "outdated"],
  },
  TaskChange: {
    status: ["pending", "completed", "skipped", "cancelled"],
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
  BulkTasks: {
    items: { required: true },
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
  DraftPatch: {
    subject: { minLength: 1, maxLength: 200 },
    body: { minLength: 1, maxLength: 20000 },
  },
  JourneyTemplatePatch: {
    name: { minLength: 1, maxLength: 80 },
    starts: {},
    stage: {},
    active: {},
    steps: {},
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
  NewJourney: {
    template_id: { required: true, format: "uuid" },
    replace: {},
  },
  NewJourneyTemplate: {
    name: { required: true, minLength: 1, maxLength: 80 },
    starts: {},
    stage: {},
    active: {},
    steps: { required: true },
  },
  NewSkip: {
    client_id: { required: true },
    reason: {},
  },
  NewStageRule: {
    name: { required: true },
    trigger: { required: true },
    threshold: {},
    from_stages: { required: true },
    to_stage: { required: true },
    action: {},
    active: {},
  },
  NewTask: {
    client_id: { required: true, format: "uuid" },
    followup_type: { required: true },
    scheduled_for: { required: true, format: "date-time" },
    priority: { required: true },
    title: { minLength: 1, maxLength: 60 },
    notes: { maxLength: 500 },
    channel: {},
    mode: {},
  },
  NewTouch: {
    client_id: { required: true },
    channel: { required: true },
    notes: {},
  },
  PreviewRequest: {
    client_id: { required: true, format: "uuid" },
    task_id: { format: "uuid" },
    agent_instructions: { maxLength: 500 },
  },
  RejectRequest: {
    reason: { minLength: 1, maxLength: 200 },
  },
  RewriteRequest: {
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
  StageRulePatch: {
    name: {},
    trigger: {},
    threshold: {},
    from_stages: {},
    to_stage: {},
    action: {},
    active: {},
  },
  StopRequest: {
    reason: { minLength: 1, maxLength: 200 },
  },
  TaskPatch: {
    status: {},
    scheduled_for: { format: "date-time" },
    notes: { maxLength: 500 },
    priority: {},
    mode: {},
    reason: { minLength: 1, maxLength: 200 },
  },
} as const;
