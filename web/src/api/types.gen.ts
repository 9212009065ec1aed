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

export interface AccountChoice {
  account_id: string;
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
  client_email: string | null;
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

export interface Assertion {
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
  userHandle?: string | null;
}

export interface Attempt {
  number: number;
  at: string;
  status: number | null;
  error: string | null;
  response: string | null;
  duration_ms: number;
}

export interface Attestation {
  clientDataJSON: string;
  attestationObject: string;
  transports?: string[] | null;
}

export interface AuditActor {
  kind: string;
  id: string | null;
  name: string;
  account_id: string | null;
}

export interface AuditChain {
  entries: number;
  intact: boolean;
  broken_at: number | null;
  head: string | null;
}

export interface AuditEntry {
  id: string;
  seq: number;
  at: string;
  action: string;
  actor: AuditActor;
  acted_in_account_id: string | null;
  subject: AuditSubject;
  before: unknown;
  after: unknown;
  ip: string | null;
  user_agent: string | null;
  hash: string;
}

export interface AuditEntryPage {
  items: AuditEntry[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface AuditFilter {
  action?: string | null;
  actor_id?: string | null;
  subject_id?: string | null;
  from?: string | null;
  until?: string | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface AuditRange {
  from?: string | null;
  until?: string | null;
}

export interface AuditSubject {
  kind: string;
  id: string | null;
  name: string;
}

export interface Board {
  stages: BoardColumn[];
}

export interface BoardColumn {
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  count: number;
  items: Client[];
  next: string | null;
}

export interface BrandAsset {
  id: string;
  kind: "logo" | "style_guide" | "photo" | "other";
  name: string;
  media_type: string;
  size: number;
  url: string;
}

export interface BulkDeleted {
  deleted_count: number;
  failed_ids: string[];
  total_requested: number;
}

export interface BulkFailure {
  id: string;
  reason: string;
}

export interface BulkFilter {
  q?: string | null;
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  tag?: string | null;
  field?: string | null;
  assigned_to?: string | null;
}

export interface BulkIds {
  ids: string[];
}

export interface BulkJob {
  id: string;
  action: "stage" | "add_tag" | "remove_tag" | "rename_tag" | "assign" | "delete";
  state: "running" | "done" | "undoing" | "undone";
  total: number;
  done: number;
  failed: number;
  failures: BulkFailure[];
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  tag: string | null;
  to: string | null;
  assigned_to: string | null;
  started_by: string;
  created_at: string;
  finished_at: string | null;
}

export interface BulkJobList {
  items: BulkJob[];
}

export interface BulkStage {
  ids: string[];
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
}

export interface BulkTaskResult {
  updated_count: number;
  failed_ids: string[];
  failures: TaskFailure[];
  total_requested: number;
}

export interface BulkTasks {
  items: TaskChange[];
}

export interface BulkUpdated {
  updated_count: number;
  failed_ids: string[];
  total_requested: number;
}

export interface BusinessProfile {
  name: string;
  email: string | null;
  display_name: string | null;
  phone: string | null;
  communication_prefs: unknown;
  front_desk_emails: string | null;
  form_email_recipients: string | null;
  office_admin_name: string | null;
  office_admin_email: string | null;
  office_admin_phone: string | null;
  business_name: string | null;
  business_description: string | null;
  primary_brand_colors: string | null;
  brand_notes: string | null;
  website_url: string | null;
  video: string | null;
  zone: string;
  services: OfferedService[];
  website_access_status: "not_sure" | "someone_else_will_provide" | "provided" | "will_provide" | "need_help" | null;
  ga4_access_status: "no_ga4_setup" | "agency_controls_ga4" | "not_ga4" | "provided" | "will_provide" | "not_running_ga4" | "need_help" | null;
  google_ads_access_status: "no_google_ads_account" | "no_google_ads_history" | "not_sure" | "agency_owns_google_ads" | "provided" | "will_provide" | "not_running_google_ads" | "need_help" | null;
  google_ads_account_id: string | null;
  meta_access_status: "not_sure" | "no_social_accounts" | "no_meta_ads_history" | "agency_owns_ad_account" | "provided_access" | "will_provide_access" | "not_running_meta" | "need_help" | null;
  website_forms_details_status: "provided" | "will_provide" | "need_help" | null;
  calendar_status: "connected" | "later" | null;
}

export interface CalendarChoice {
  booking_calendar_id?: string | null;
  busy_calendar_ids?: string[] | null;
}

export interface CalendarConnection {
  connected: boolean;
  available: boolean;
  state: "none" | "connected" | "reconnect_needed";
  reason: string | null;
  email: string | null;
  granted_scopes: string[];
  missing_scopes: string[];
  booking_calendar_id: string | null;
  busy_calendar_ids: string[];
  connected_at: string | null;
  checked_at: string | null;
}

export interface CalendarConsent {
  url: string;
}

export interface CalendarFilter {
  from?: string | null;
  until?: string | null;
  status?: "pending" | "completed" | "skipped" | "cancelled" | null;
}

export interface Certificate {
  id: string;
  contact_id: string;
  subject_hash: string;
  reason: string;
  erased: unknown;
  erased_by: string;
  erased_at: string;
}

export interface CertificateList {
  items: Certificate[];
}

export interface CheckRequest {
  client_id: string;
  task_id?: string | null;
  subject: string;
  body: string;
  agent_instructions?: string | null;
}

export interface Checked {
  warnings: Warning[];
  html_body: string;
  text_body: string;
}

export interface Client {
  id: string;
  name: string;
  email: string | null;
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
  assigned_to: string | null;
  created_at: string;
  updated_at: string;
  version: number;
}

export interface ClientFilter {
  q?: string | null;
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  tag?: string | null;
  field?: string | null;
  assigned_to?: string | null;
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
  email?: string | null;
  phone?: string | null;
  property_address?: string;
  property_type?: "residential" | "commercial" | "land" | "other";
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  notes?: string | null;
  custom_fields?: Record<string, unknown> | null;
  tags?: string[] | null;
  zone?: string | null;
  email_unsubscribed?: boolean;
  assigned_to?: string | null;
  after?: string | null;
  before?: string | null;
  stage_reason?: string | null;
}

export interface ColumnChoice {
  target: string;
  rule?: "fill" | "overwrite" | "never" | null;
}

export interface ColumnFilter {
  limit?: number | null;
  cursor?: string | null;
}

export interface ConsentAnswer {
  state?: string | null;
  code?: string | null;
  error?: string | null;
}

export interface ConsentStart {
  return_to?: "onboarding" | "settings" | null;
}

export interface ContactPoint {
  id: string;
  kind: "email" | "phone";
  value: string;
  created_at: string;
}

export interface ContactPointList {
  items: ContactPoint[];
}

export interface CreateOptions {
  create_tasks?: boolean | null;
}

export interface CustomField {
  id: string;
  key: string;
  label: string;
  type: "text" | "number" | "date" | "boolean" | "choice" | "url";
  choices: string[];
  position: number;
}

export interface CustomFieldList {
  items: CustomField[];
}

export interface CustomFieldPatch {
  label?: string;
  choices?: string[];
  position?: number;
}

export interface Delivery {
  event_id: string;
  event_type: string;
  state: "pending" | "delivered" | "failed";
  attempts: number;
  next_attempt_at: string | null;
  last_status: number | null;
  last_error: string | null;
  created_at: string;
  delivered_at: string | null;
}

export interface DeliveryDetail {
  event_id: string;
  event_type: string;
  state: "pending" | "delivered" | "failed";
  attempts: number;
  next_attempt_at: string | null;
  last_status: number | null;
  last_error: string | null;
  created_at: string;
  delivered_at: string | null;
  body: string | null;
  log: Attempt[];
}

export interface DeliveryFilter {
  state?: "pending" | "delivered" | "failed" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface DeliveryPage {
  items: Delivery[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface Device {
  id: string;
  name: string;
  address: string | null;
  created_at: string;
  last_seen_at: string;
  trusted_until: string;
  current: boolean;
}

export interface DeviceList {
  items: Device[];
}

export interface DistinctPair {
  id: string;
  other_id: string;
}

export interface Document {
  id: string;
  client_id: string;
  name: string;
  media_type: string;
  size: number;
  added_by: string;
  created_at: string;
}

export interface DocumentList {
  items: Document[];
}

export interface DraftPatch {
  subject?: string;
  body?: string;
}

export interface DraftSaved {
  success: boolean;
}

export interface Duplicate {
  reason: string;
  clients: Client[];
}

export interface DuplicateList {
  items: Duplicate[];
}

export interface EmailChangeTaken {
  email: string;
  expires_at: string;
}

export interface EmailCount {
  email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
  status: "pending" | "sent" | "delivered" | "opened" | "clicked" | "failed" | "bounced" | "complained";
  count: number;
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
  undo_until: string | null;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  clicked_at: string | null;
  answers_id: string | null;
  webhook_events: WebhookEvent[];
}

export interface EmailFilter {
  client_id?: string | null;
  status?: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface EmailLog {
  id: string;
  to_email: string;
  to_name: string;
  email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
  status: "pending" | "sent" | "delivered" | "opened" | "clicked" | "failed" | "bounced" | "complained";
  subject: string | null;
  is_test: boolean;
  provider: string | null;
  mailgun_id: string | null;
  error_message: string | null;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  open_count: number;
  clicked_at: string | null;
  click_count: number;
}

export interface EmailLogDetail {
  id: string;
  to_email: string;
  to_name: string;
  email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
  status: "pending" | "sent" | "delivered" | "opened" | "clicked" | "failed" | "bounced" | "complained";
  subject: string | null;
  is_test: boolean;
  provider: string | null;
  mailgun_id: string | null;
  error_message: string | null;
  created_at: string;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  open_count: number;
  clicked_at: string | null;
  click_count: number;
  content_removed_at: string | null;
  text: string;
  html: string;
  events: LetterEvent[];
}

export interface EmailLogFilter {
  email_type?: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary" | null;
  status?: "pending" | "sent" | "delivered" | "opened" | "clicked" | "failed" | "bounced" | "complained" | null;
  search?: string | null;
  from?: string | null;
  until?: string | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface EmailLogPage {
  items: EmailLog[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface EmailStats {
  items: EmailCount[];
}

export interface EmailStatsFilter {
  days?: number | null;
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
  undo_until: string | null;
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

export interface EmailedToken {
  token: string;
}

export interface EraseRequest {
  reason: string;
}

export interface ExportFilter {
  q?: string | null;
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  tag?: string | null;
  field?: string | null;
  assigned_to?: string | null;
  sort?: "-created_at" | "created_at" | "name" | "-name" | "last_contacted" | "-last_contacted" | null;
}

export interface Fact {
  name: string;
  value: string;
}

export interface FactorCode {
  code: string;
}

export interface Factors {
  totp: boolean;
  recovery_codes_left: number;
  passkeys: Passkey[];
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

export interface FillRequest {
  subject: string;
  body: string;
  client_id?: string | null;
}

export interface Filled {
  subject: string;
  body: string;
  missing: string[];
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
  letter_id: string | null;
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

export interface ForEmail {
  email: string;
}

export interface ForwardingAddress {
  address: string | null;
}

export interface FunnelRow {
  stage: string;
  clients: number;
  of_all: number;
  of_previous: number;
  median_days: number | null;
}

export interface FunnelRowReport {
  from: string;
  to: string;
  zone: string;
  definition: string;
  items: FunnelRow[];
}

export interface GoogleAnswer {
  code?: string | null;
  state?: string | null;
  error?: string | null;
}

export interface GoogleStart {
  next?: string | null;
}

export interface HealthCheck {
  name: string;
  healthy: boolean;
  detail: string;
  figure: number | null;
  checked_at: string;
  since: string;
}

export interface HealthReport {
  healthy: boolean;
  checked_at: string | null;
  checks: HealthCheck[];
}

export interface HubClient {
  name: string;
  email: string | null;
  display_name: string | null;
  phone: string | null;
  communication_prefs: unknown;
  front_desk_emails: string | null;
  form_email_recipients: string | null;
  office_admin_name: string | null;
  office_admin_email: string | null;
  office_admin_phone: string | null;
  business_name: string | null;
  business_description: string | null;
  primary_brand_colors: string | null;
  brand_notes: string | null;
  website_url: string | null;
  video: string | null;
  zone: string;
  services: OfferedService[];
  website_access_status: "not_sure" | "someone_else_will_provide" | "provided" | "will_provide" | "need_help" | null;
  ga4_access_status: "no_ga4_setup" | "agency_controls_ga4" | "not_ga4" | "provided" | "will_provide" | "not_running_ga4" | "need_help" | null;
  google_ads_access_status: "no_google_ads_account" | "no_google_ads_history" | "not_sure" | "agency_owns_google_ads" | "provided" | "will_provide" | "not_running_google_ads" | "need_help" | null;
  google_ads_account_id: string | null;
  meta_access_status: "not_sure" | "no_social_accounts" | "no_meta_ads_history" | "agency_owns_ad_account" | "provided_access" | "will_provide_access" | "not_running_meta" | "need_help" | null;
  website_forms_details_status: "provided" | "will_provide" | "need_help" | null;
  calendar_status: "connected" | "later" | null;
  id: string;
  agent_code: string;
  client_type: string | null;
  client_subtype: string | null;
  client_package: "Essentials" | "Growth" | "Accelerate" | "Custom" | null;
  account_manager_id: string | null;
  call_tracking_main_number: string | null;
  client_identifier_value: string | null;
  monthly_revenue_goal: string | null;
  requires_website_access: boolean;
  requires_ga4_access: boolean;
  requires_google_ads_access: boolean;
  requires_meta_access: boolean;
  requires_forms_step: boolean;
  created_at: string;
  updated_at: string;
  version: number;
  onboarding: OnboardingProgress;
}

export interface HubClientPage {
  items: HubClient[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface HubClientPatch {
  display_name?: string | null;
  phone?: string | null;
  client_type?: string | null;
  client_subtype?: string | null;
  client_package?: "Essentials" | "Growth" | "Accelerate" | "Custom" | null;
  account_manager_id?: string | null;
  call_tracking_main_number?: string | null;
  front_desk_emails?: string | null;
  form_email_recipients?: string | null;
  office_admin_name?: string | null;
  office_admin_email?: string | null;
  office_admin_phone?: string | null;
  client_identifier_value?: string | null;
  monthly_revenue_goal?: string | null;
  business_name?: string | null;
  business_description?: string | null;
  primary_brand_colors?: string | null;
  brand_notes?: string | null;
  website_url?: string | null;
  website_access_status?: "not_sure" | "someone_else_will_provide" | "provided" | "will_provide" | "need_help" | null;
  ga4_access_status?: "no_ga4_setup" | "agency_controls_ga4" | "not_ga4" | "provided" | "will_provide" | "not_running_ga4" | "need_help" | null;
  google_ads_access_status?: "no_google_ads_account" | "no_google_ads_history" | "not_sure" | "agency_owns_google_ads" | "provided" | "will_provide" | "not_running_google_ads" | "need_help" | null;
  google_ads_account_id?: string | null;
  meta_access_status?: "not_sure" | "no_social_accounts" | "no_meta_ads_history" | "agency_owns_ad_account" | "provided_access" | "will_provide_access" | "not_running_meta" | "need_help" | null;
  website_forms_details_status?: "provided" | "will_provide" | "need_help" | null;
  requires_website_access?: boolean;
  requires_ga4_access?: boolean;
  requires_google_ads_access?: boolean;
  requires_meta_access?: boolean;
  requires_forms_step?: boolean;
  email?: string;
  name?: string;
}

export interface HubFilter {
  q?: string | null;
  state?: "not_invited" | "invited" | "in_progress" | "completed" | "active" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface Import {
  id: string;
  file_name: string;
  source: "generic" | "follow_up_boss" | "hubspot" | "lofty" | "twenty";
  state: "mapping" | "checking" | "checked" | "running" | "done" | "undoing" | "undone";
  columns: ImportColumn[];
  defaults: ImportDefaults;
  match_by: "likely" | "email_or_phone" | "email";
  total: number;
  position: number;
  added: number;
  updated: number;
  skipped: number;
  bad: number;
  remarked: number;
  kept: number;
  kept_for: KeptFor[];
  started_by: string;
  created_at: string;
  finished_at: string | null;
}

export interface ImportColumn {
  header: string;
  target: string;
  rule: "fill" | "overwrite" | "never";
  samples: string[];
}

export interface ImportDefaultsInput {
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  property_type?: "residential" | "commercial" | "land" | "other" | null;
  property_address?: string | null;
  tag?: string | null;
}

export interface ImportDefaults {
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  property_type: "residential" | "commercial" | "land" | "other" | null;
  property_address: string | null;
  tag: string | null;
}

export interface ImportList {
  items: Import[];
}

export interface ImportPatch {
  columns?: ColumnChoice[];
  defaults?: ImportDefaultsInput;
  match_by?: "likely" | "email_or_phone" | "email";
}

export interface InvitationAcceptance {
  name: string;
  password: string;
}

export interface InvitationOffer {
  account_name: string;
  email: string;
  name: string;
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  invited_by: string;
  expires_at: string;
}

export interface InvitationSent {
  to: string;
  expires_at: string;
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

export interface KeptFor {
  reason: "merged" | "emails" | "notes" | "stage" | "follow_ups" | "documents" | "changed" | "partly" | "deleted";
  count: number;
}

export interface LanguageChoice {
  language?: "en" | "es" | null;
}

export interface LetterEvent {
  event: string;
  at: string;
  ip: string | null;
  useragent: string | null;
  url: string | null;
  machine: boolean;
}

export interface LetterPreview {
  subject: string;
  text: string;
  html: string;
}

export interface LetterTemplate {
  email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
  language: "en" | "es";
  subject: string;
  body: string;
  author: "product" | "agency" | "account";
  updated_at: string | null;
  updated_by: string | null;
  variables: LetterVariable[];
}

export interface LetterTemplateFilter {
  language?: "en" | "es" | null;
}

export interface LetterTemplates {
  items: LetterTemplate[];
}

export interface LetterTestRequest {
  to: string;
  email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
  language?: "en" | "es" | null;
}

export interface LetterVariable {
  name: string;
  sample: string;
  required: boolean;
}

export interface LetterWords {
  subject: string;
  body: string;
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

export interface MadeWebhook {
  id: string;
  url: string;
  description: string | null;
  event_types: string[];
  enabled: boolean;
  disabled_reason: string | null;
  failing_since: string | null;
  last_success_at: string | null;
  created_at: string;
  updated_at: string;
  version: number;
  secret: string;
}

export interface Me {
  user: User;
  account: Account;
  home_account: Account | null;
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  scopes: string[];
  csrf_token: string;
}

export interface MePatch {
  name?: string;
}

export interface Merge {
  id: string;
  other_id: string;
  merged_at: string;
  undoable_until: string;
  client: Client;
}

export interface MergeChoices {
  name?: "this" | "other" | null;
  email?: "this" | "other" | null;
  phone?: "this" | "other" | null;
  property_address?: "this" | "other" | null;
  property_type?: "this" | "other" | null;
  stage?: "this" | "other" | null;
  notes?: "this" | "other" | null;
  zone?: "this" | "other" | null;
  assigned_to?: "this" | "other" | null;
  custom_fields?: "this" | "other" | null;
}

export interface MergeRequest {
  other_id: string;
  choices?: MergeChoices | null;
}

export interface MfaCode {
  challengeId: string;
  code: string;
  trustDevice?: boolean | null;
}

export interface MfaRequired {
  requiresMfa: boolean;
  challengeId: string;
  mfaType: "email_otp" | "totp";
  maskedEmail: string;
  expiresAt: string;
  reason: "new_device" | "new_country" | "new_network" | "impossible_travel" | "inactivity" | "failures" | "second_factor";
}

export interface MfaResend {
  challengeId: string;
}

export interface NewApiKey {
  name: string;
  scopes: string[];
}

export interface NewBulkJob {
  action: "stage" | "add_tag" | "remove_tag" | "rename_tag" | "assign" | "delete";
  ids?: string[] | null;
  filter?: BulkFilter | null;
  stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  tag?: string | null;
  to?: string | null;
  assigned_to?: string | null;
  reason?: string | null;
}

export interface NewClient {
  name: string;
  email?: string | null;
  phone?: string | null;
  property_address: string;
  property_type: "residential" | "commercial" | "land" | "other";
  stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  notes?: string | null;
  custom_fields?: Record<string, unknown> | null;
  tags?: string[] | null;
  zone?: string | null;
  assigned_to?: string | null;
}

export interface NewContactPoint {
  email?: string | null;
  phone?: string | null;
}

export interface NewCustomField {
  label: string;
  key?: string | null;
  type: "text" | "number" | "date" | "boolean" | "choice" | "url";
  choices?: string[] | null;
}

export interface NewHubClient {
  display_name?: string | null;
  phone?: string | null;
  client_type?: string | null;
  client_subtype?: string | null;
  client_package?: "Essentials" | "Growth" | "Accelerate" | "Custom" | null;
  account_manager_id?: string | null;
  call_tracking_main_number?: string | null;
  front_desk_emails?: string | null;
  form_email_recipients?: string | null;
  office_admin_name?: string | null;
  office_admin_email?: string | null;
  office_admin_phone?: string | null;
  client_identifier_value?: string | null;
  monthly_revenue_goal?: string | null;
  business_name?: string | null;
  business_description?: string | null;
  primary_brand_colors?: string | null;
  brand_notes?: string | null;
  website_url?: string | null;
  website_access_status?: "not_sure" | "someone_else_will_provide" | "provided" | "will_provide" | "need_help" | null;
  ga4_access_status?: "no_ga4_setup" | "agency_controls_ga4" | "not_ga4" | "provided" | "will_provide" | "not_running_ga4" | "need_help" | null;
  google_ads_access_status?: "no_google_ads_account" | "no_google_ads_history" | "not_sure" | "agency_owns_google_ads" | "provided" | "will_provide" | "not_running_google_ads" | "need_help" | null;
  google_ads_account_id?: string | null;
  meta_access_status?: "not_sure" | "no_social_accounts" | "no_meta_ads_history" | "agency_owns_ad_account" | "provided_access" | "will_provide_access" | "not_running_meta" | "need_help" | null;
  website_forms_details_status?: "provided" | "will_provide" | "need_help" | null;
  requires_website_access?: boolean;
  requires_ga4_access?: boolean;
  requires_google_ads_access?: boolean;
  requires_meta_access?: boolean;
  requires_forms_step?: boolean;
  email: string;
  name: string;
  zone?: string | null;
  send_invitation?: boolean | null;
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

export interface NewPasskey {
  id: string;
  response: Attestation;
  name?: string | null;
}

export interface NewSecret {
  secret: string;
  old_expires_at: string | null;
}

export interface NewSkip {
  client_id: string;
  reason?: string | null;
}

export interface NewStageRule {
  name: string;
  trigger: "replied" | "booked" | "opened" | "clicked" | "silent" | "task_completed";
  threshold?: number | null;
  from_stages: ("lead" | "negotiating" | "under_contract" | "closed" | "lost")[];
  to_stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  action?: "suggest" | "move" | null;
  active?: boolean | null;
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
  letter_id?: string | null;
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

export interface NewTeamInvitation {
  email: string;
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  name?: string | null;
}

export interface NewTemplate {
  name: string;
  language?: "en" | "es" | null;
  subject: string;
  body: string;
}

export interface NewTouch {
  client_id: string;
  channel: "email" | "sms" | "whatsapp" | "call" | "note";
  notes?: string | null;
}

export interface NewView {
  object: "clients" | "tasks" | "emails" | "leads" | "bookings" | "items";
  name: string;
  shared?: boolean | null;
  filters?: Record<string, unknown> | null;
  sort?: string | null;
  columns?: string[] | null;
  layout?: "table" | "board" | "calendar" | "cards" | null;
  favourite?: boolean | null;
  is_default?: boolean | null;
}

export interface NewWebhook {
  url: string;
  description?: string | null;
  event_types?: string[] | null;
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

export interface Note {
  id: string;
  client_id: string;
  body: string;
  author: string;
  created_at: string;
  edited_at: string | null;
}

export interface NoteFilter {
  page?: number | null;
  limit?: number | null;
}

export interface NoteInput {
  body: string;
}

export interface NotePage {
  items: Note[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface Notification {
  id: string;
  kind: string;
  title: string;
  link: string;
  created_at: string;
  read_at: string | null;
}

export interface NotificationChoice {
  kind: string;
  way: "off" | "in_app" | "email";
}

export interface NotificationFilter {
  unread?: boolean | null;
  language?: "en" | "es" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface NotificationList {
  items: Notification[];
  unread: number;
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface NotificationPreference {
  kind: string;
  title: string;
  way: "off" | "in_app" | "email";
}

export interface NotificationPreferences {
  digest: "off" | "daily" | "weekly";
  language: "en" | "es";
  weekly_summary: boolean;
  monthly_summary: boolean;
  kinds: NotificationPreference[];
}

export interface NotificationPreferencesPatch {
  digest?: "off" | "daily" | "weekly";
  language?: "en" | "es";
  weekly_summary?: boolean;
  monthly_summary?: boolean;
  kinds?: NotificationChoice[];
}

export interface OfferedService {
  name: string;
  description: string | null;
  base_price: unknown;
}

export interface OnboardingActivation {
  display_name: string;
  password: string;
}

export interface OnboardingDraft {
  draft: Record<string, unknown>;
}

export interface OnboardingPlanInput {
  steps: PlannedStepInput[];
}

export interface OnboardingPlan {
  steps: PlannedStep[];
}

export interface OnboardingProgress {
  state: "not_invited" | "invited" | "in_progress" | "completed" | "active";
  steps: OnboardingStep[];
  invited_at: string | null;
  joined_at: string | null;
  completed_at: string | null;
  activated_at: string | null;
  link_expires_at: string | null;
}

export interface OnboardingStep {
  key: "profile" | "services" | "brand" | "website" | "ga4" | "google_ads" | "meta" | "forms" | "calendar";
  required: boolean;
  done: boolean;
}

export interface OnboardingStepInput {
  step: "profile" | "services" | "brand" | "website" | "ga4" | "google_ads" | "meta" | "forms" | "calendar";
  data: Record<string, unknown>;
}

export interface OnboardingWizard {
  user: WizardUser;
  profile: BusinessProfile;
  steps: OnboardingStep[];
  draft: unknown;
  state: "not_invited" | "invited" | "in_progress" | "completed" | "active";
  completed_at: string | null;
  agency: string | null;
  brand_assets: BrandAsset[];
}

export interface OwnAccount {
  id: string;
  name: string;
  kind: "agency" | "business";
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  current: boolean;
}

export interface OwnAccountList {
  items: OwnAccount[];
}

export interface OwnCalendar {
  id: string;
  name: string;
  primary: boolean;
  writable: boolean;
  time_zone: string;
  color: string | null;
  books: boolean;
  busy: boolean;
}

export interface OwnCalendarList {
  items: OwnCalendar[];
}

export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
}

export interface PasskeyAlgorithm {
  type: string;
  alg: number;
}

export interface PasskeyCreation {
  rp: PasskeyParty;
  user: PasskeyUser;
  challenge: string;
  pubKeyCredParams: PasskeyAlgorithm[];
  timeout: number;
  excludeCredentials: PasskeyDescriptor[];
  authenticatorSelection: PasskeySelection;
  attestation: string;
}

export interface PasskeyDescriptor {
  type: string;
  id: string;
  transports: string[];
}

export interface PasskeyList {
  items: Passkey[];
}

export interface PasskeyLogin {
  id: string;
  response: Assertion;
}

export interface PasskeyParty {
  id: string;
  name: string;
}

export interface PasskeyRequest {
  challenge: string;
  timeout: number;
  rpId: string;
  allowCredentials: PasskeyDescriptor[];
  userVerification: string;
}

export interface PasskeySelection {
  residentKey: string;
  requireResidentKey: boolean;
  userVerification: string;
}

export interface PasskeyUser {
  id: string;
  name: string;
  displayName: string;
}

export interface PasswordChange {
  current_password: string;
  new_password: string;
}

export interface PasswordReset {
  token: string;
  password: string;
}

export interface PlannedStepInput {
  key: "profile" | "services" | "brand" | "website" | "ga4" | "google_ads" | "meta" | "forms" | "calendar";
  required: boolean;
}

export interface PlannedStep {
  key: "profile" | "services" | "brand" | "website" | "ga4" | "google_ads" | "meta" | "forms" | "calendar";
  required: boolean;
}

export interface Preview {
  subject: string;
  body: string;
  html_body: string;
  preview: string;
  source: "ai" | "template";
  facts: Fact[];
  warnings: Warning[];
  missing: string[];
}

export interface PreviewRequest {
  client_id: string;
  task_id?: string | null;
  agent_instructions?: string | null;
  template_id?: string | null;
}

export interface Proof {
  password?: string | null;
  code?: string | null;
}

export interface PublicConfig {
  name: string;
  version: string;
  sandbox: boolean;
  public_url: string;
  google: boolean;
}

export interface PublicLink {
  kind: string;
  url: string;
  qr: QrCode;
}

export interface PublicLinkList {
  items: PublicLink[];
}

export interface QrCode {
  size: number;
  path: string;
}

export interface Reason {
  code: string;
  points: number;
  count: number;
  words: string;
}

export interface ReceivedEmail {
  id: string;
  client_id: string | null;
  client_name: string | null;
  email_id: string | null;
  kind: "reply" | "auto_reply" | "out_of_office" | "bounce";
  from_email: string;
  from_name: string;
  to_email: string;
  subject: string;
  text_body: string;
  body: string;
  fresh_text: string;
  attachments: string[];
  answered_by: string | null;
  received_at: string;
}

export interface ReceivedEmailPage {
  items: ReceivedEmail[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface ReceivedFilter {
  client_id?: string | null;
  kind?: "reply" | "auto_reply" | "out_of_office" | "bounce" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface Recent {
  items: Activity[];
}

export interface RecentFilter {
  limit?: number | null;
}

export interface RecoveryCodes {
  recovery_codes: string[];
}

export interface RefreshRequest {
  refreshToken?: string | null;
}

export interface Refreshed {
  accessToken: string;
  expiresIn: number;
  refreshToken: string | null;
}

export interface RejectRequest {
  reason?: string | null;
}

export interface RenameTag {
  tag: string;
  to: string;
}

export interface ReplayRequest {
  since: string;
}

export interface Replayed {
  replayed: number;
}

export interface ReportFilter {
  from?: string | null;
  to?: string | null;
  by?: "day" | "week" | "month" | null;
}

export interface ResponseRow {
  measure: string;
  cases: number;
  answered: number;
  median_seconds: number | null;
  slowest_tenth_seconds: number | null;
}

export interface ResponseRowReport {
  from: string;
  to: string;
  zone: string;
  definition: string;
  items: ResponseRow[];
}

export interface Retention {
  trash_days: number;
}

export interface RetentionPatch {
  trash_days: number;
}

export interface RewriteRequest {
  agent_instructions?: string | null;
}

export interface Rotation {
  old_valid_hours?: number | null;
}

export interface SearchFilter {
  q?: string | null;
  limit?: number | null;
}

export interface SearchHit {
  type: string;
  id: string;
  title: string;
  detail: string;
  stage: string;
  score: number;
}

export interface SearchResult {
  items: SearchHit[];
  corrected: boolean;
}

export interface SendRequest {
  client_id: string;
  task_id?: string | null;
  to_email?: string | null;
  subject?: string | null;
  body?: string | null;
  agent_instructions?: string | null;
  template_id?: string | null;
  undo_seconds?: number | null;
  answers_id?: string | null;
}

export interface Session {
  id: string;
  name: string;
  address: string | null;
  method: string | null;
  device_id: string | null;
  created_at: string;
  last_used_at: string | null;
  expires_at: string;
  current: boolean;
}

export interface SessionList {
  items: Session[];
}

export interface Settings {
  name: string;
  language: "en" | "es";
  zone: string;
  agent_name: string | null;
  agent_title: string | null;
  agent_phone: string | null;
  website: string | null;
  from_name: string | null;
  reply_to: string | null;
  signature: string | null;
  postal_address: string | null;
  send_from: string;
  send_until: string;
  daily_cap: number;
  version: number;
}

export interface SettingsPatch {
  name?: string;
  language?: "en" | "es";
  zone?: string;
  agent_name?: string | null;
  agent_title?: string | null;
  agent_phone?: string | null;
  website?: string | null;
  from_name?: string | null;
  reply_to?: string | null;
  signature?: string | null;
  postal_address?: string | null;
  send_from?: string;
  send_until?: string;
  daily_cap?: number;
}

export interface SignUp {
  name: string;
  email: string;
  password: string;
  account_name?: string | null;
  zone?: string | null;
}

export interface SignUpTaken {
  email: string;
  expires_at: string;
}

export interface SignedIn {
  accessToken: string;
  expiresIn: number;
  user: User;
}

export interface SourceRow {
  source: string;
  clients: number;
  negotiating: number;
  closed: number;
  lost: number;
  conversion: number;
}

export interface SourceRowReport {
  from: string;
  to: string;
  zone: string;
  definition: string;
  items: SourceRow[];
}

export interface StageChange {
  id: string;
  from: "lead" | "negotiating" | "under_contract" | "closed" | "lost" | null;
  to: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  at: string;
  actor: string;
  reason: string | null;
}

export interface StageHistory {
  items: StageChange[];
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

export interface StageRulePatch {
  name?: string;
  trigger?: "replied" | "booked" | "opened" | "clicked" | "silent" | "task_completed";
  threshold?: number;
  from_stages?: ("lead" | "negotiating" | "under_contract" | "closed" | "lost")[];
  to_stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
  action?: "suggest" | "move";
  active?: boolean;
}

export interface StageRules {
  items: StageRule[];
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
  letter_id: string | null;
  manual_reason: string | null;
}

export interface StopRequest {
  reason?: string | null;
}

export interface Success {
  success: boolean;
}

export interface SuggestionFilter {
  status?: "open" | "accepted" | "dismissed" | "done" | "undone" | "outdated" | null;
  client_id?: string | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface TagCount {
  tag: string;
  count: number;
}

export interface TagList {
  items: TagCount[];
}

export interface TagName {
  tag?: string | null;
}

export interface TaskCalendar {
  items: FollowUpTask[];
  total: number;
  cut: boolean;
}

export interface TaskChange {
  id: string;
  status?: "pending" | "completed" | "skipped" | "cancelled" | null;
  scheduled_for?: string | null;
  reason?: string | null;
}

export interface TaskFailure {
  id: string;
  reason: string;
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

export interface TeamInvitation {
  id: string;
  email: string;
  name: string;
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  invited_by: string;
  created_at: string;
  expires_at: string;
}

export interface TeamList {
  items: TeamMember[];
  invitations: TeamInvitation[];
  roles: ("owner" | "admin" | "staff" | "agent" | "assistant")[];
}

export interface TeamMember {
  id: string;
  name: string;
  email: string;
  role: "owner" | "admin" | "staff" | "agent" | "assistant";
  active: boolean;
  joined_at: string;
  last_seen_at: string | null;
}

export interface TeamMemberPatch {
  role?: "owner" | "admin" | "staff" | "agent" | "assistant";
  active?: boolean;
}

export interface Template {
  id: string;
  name: string;
  language: "en" | "es";
  subject: string;
  body: string;
  created_at: string;
  updated_at: string;
  version: number;
}

export interface TemplateFilter {
  q?: string | null;
  language?: "en" | "es" | null;
  page?: number | null;
  limit?: number | null;
  cursor?: string | null;
}

export interface TemplatePage {
  items: Template[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
}

export interface TemplatePatch {
  name?: string;
  language?: "en" | "es";
  subject?: string;
  body?: string;
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

export interface TodayFilter {
  limit?: number | null;
}

export interface TodayItem {
  id: string;
  kind: "approve" | "failed" | "task" | "suggestion" | "reach_out";
  client_id: string;
  client_name: string;
  client_email: string | null;
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

export interface TotpStarted {
  secret: string;
  otpauth_url: string;
  qr: QrCode;
}

export interface TrashFilter {
  page?: number | null;
  limit?: number | null;
}

export interface Trashed {
  id: string;
  name: string;
  email: string | null;
  deleted_at: string;
  purged_at: string;
}

export interface TrashedPage {
  items: Trashed[];
  page: number;
  limit: number;
  total: number | null;
  next: string | null;
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

export interface TrendRow {
  from: string;
  clients_created: number;
  clients_closed: number;
  emails_sent: number;
  emails_opened: number;
  emails_clicked: number;
  emails_answered: number;
  tasks_completed: number;
}

export interface TrendRowReport {
  from: string;
  to: string;
  zone: string;
  definition: string;
  items: TrendRow[];
}

export interface Trends {
  days: TrendDay[];
}

export interface UnreadCount {
  unread: number;
}

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface Variable {
  name: string;
  meaning: string;
  example: string;
}

export interface Variables {
  items: Variable[];
}

export interface Verified {
  email: string;
}

export interface View {
  id: string;
  object: "clients" | "tasks" | "emails" | "leads" | "bookings" | "items";
  name: string;
  shared: boolean;
  filters: Record<string, unknown>;
  sort: string | null;
  columns: string[];
  layout: "table" | "board" | "calendar" | "cards";
  favourite: boolean;
  is_default: boolean;
  own: boolean;
  owner_name: string;
  created_at: string;
  updated_at: string;
}

export interface ViewFilter {
  object?: "clients" | "tasks" | "emails" | "leads" | "bookings" | "items" | null;
}

export interface ViewList {
  items: View[];
}

export interface ViewPatch {
  name?: string;
  shared?: boolean;
  filters?: Record<string, unknown>;
  sort?: string | null;
  columns?: string[];
  layout?: "table" | "board" | "calendar" | "cards";
  favourite?: boolean;
  is_default?: boolean;
}

export interface Warning {
  concern: "fair_housing" | "invented_fact";
  excerpt: string;
}

export interface Webhook {
  id: string;
  url: string;
  description: string | null;
  event_types: string[];
  enabled: boolean;
  disabled_reason: string | null;
  failing_since: string | null;
  last_success_at: string | null;
  created_at: string;
  updated_at: string;
  version: number;
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

export interface WebhookList {
  items: Webhook[];
}

export interface WebhookPatch {
  url?: string;
  description?: string | null;
  event_types?: string[];
  enabled?: boolean;
}

export interface WizardUser {
  email: string | null;
  name: string;
  joined: boolean;
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
  /** Joins the account, once, and signs in */
  accept_invitation: {
    path: {
      token: string;
    };
    body: InvitationAcceptance;
    result: SignedIn;
  };
  /** Moves the person as suggested */
  accept_stage_suggestion: {
    path: {
      id: string;
    };
    result: StageSuggestion;
  };
  /** Declares a business ready and tells it so; 409 a second time, or while nobody has joined */
  activate_business: {
    path: {
      id: string;
    };
    result: HubClient;
  };
  /** Sets the password, ends the invitation, signs in; of several at once one wins */
  activate_onboarding: {
    path: {
      token: string;
    };
    body: OnboardingActivation;
    result: SignedIn;
  };
  /** Uploads a logo, style guide or photograph */
  add_brand_asset: {
    body: FormData;
    result: BrandAsset;
  };
  /** Adds another address or number; 409 with existing_id where somebody is known by it */
  add_contact_point: {
    path: {
      id: string;
    };
    body: NewContactPoint;
    result: ContactPoint;
  };
  /** Defines a field; from then on its values are checked by type */
  add_custom_field: {
    body: NewCustomField;
    result: CustomField;
  };
  /** Adds a paper or picture of at most 20 MB to a client; what it is, is found out from its bytes */
  add_document: {
    path: {
      id: string;
    };
    body: FormData;
    result: Document;
  };
  /** Takes a CSV file of at most 100,000 people and guesses what each column is; nothing is imported yet */
  add_import: {
    body: FormData;
    result: Import;
  };
  /** Uploads a logo, style guide or photograph */
  add_invited_brand_asset: {
    path: {
      token: string;
    };
    body: FormData;
    result: BrandAsset;
  };
  /** Notes something about a client */
  add_note: {
    path: {
      id: string;
    };
    body: NoteInput;
    result: Note;
  };
  /** Keep the passkey that was made */
  add_passkey: {
    body: NewPasskey;
    result: Passkey;
  };
  /** Saves a view: filters, order, columns and layout, for oneself or shared */
  add_view: {
    body: NewView;
    result: View;
  };
  /** Sends the draft as it stands, through the send gate */
  approve: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  /** The address of Google's consent page, for who is signed in; realtorId is their own user id, another's is a 404 */
  begin_calendar: {
    path: {
      realtorId: string;
    };
    query: {
      return_to?: "onboarding" | "settings";
    };
    result: CalendarConsent;
  };
  /** Takes back a personal e-mail that is not on its way yet */
  cancel_email: {
    path: {
      id: string;
    };
    result: EmailDetail;
  };
  /** Have a letter sent to a new address; it counts once the letter is answered */
  change_email: {
    body: ForEmail;
    result: EmailChangeTaken;
  };
  /** Changes what is sent: kinds of news, digest, summaries, language of letters */
  change_notification_preferences: {
    body: NotificationPreferencesPatch;
    result: NotificationPreferences;
  };
  /** Another password; every other session ends */
  change_password: {
    body: PasswordChange;
    result: SignedIn;
  };
  /** What to look at in a letter before it goes, and both its parts as they would arrive */
  check_email: {
    body: CheckRequest;
    result: Checked;
  };
  /** Counts what would be new, updated, skipped and bad, without changing a client */
  check_import: {
    path: {
      id: string;
    };
    result: Import;
  };
  /** Chooses the calendar that bookings are written to, and those that count as busy */
  choose_calendars: {
    path: {
      realtorId: string;
    };
    body: CalendarChoice;
    result: OwnCalendarList;
  };
  /** Ends the wizard; a confirmation is mailed */
  complete_onboarding: {
    result: OnboardingWizard;
  };
  /** Says what each column is and what it does to clients who are there already; remembered for files with the same header */
  configure_import: {
    path: {
      id: string;
    };
    body: ImportPatch;
    result: Import;
  };
  /** Turn it on with the first code; shows the recovery codes this once */
  confirm_totp: {
    body: FactorCode;
    result: RecoveryCodes;
  };
  /** Makes a business and, unless send_invitation is false, mails its first person a link to set it up */
  create_business: {
    body: NewHubClient;
    result: HubClient;
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
  /** Adds a rule that suggests a move, or makes it */
  create_stage_rule: {
    body: NewStageRule;
    result: StageRule;
  };
  /** Adds a task by hand */
  create_task: {
    body: NewTask;
    result: FollowUpTask;
  };
  /** Adds a letter; what stands in {{ }} must be a known variable */
  create_template: {
    body: NewTemplate;
    result: Template;
  };
  /** Adds an address; its secret, for Standard Webhooks signatures, is shown this once */
  create_webhook: {
    body: NewWebhook;
    result: MadeWebhook;
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
  /** Takes one off */
  delete_contact_point: {
    path: {
      id: string;
      point_id: string;
    };
    result: Success;
  };
  /** Removes a definition; what clients have under its key stays, free-form */
  delete_custom_field: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Deletes a document; it can be restored for 30 days */
  delete_document: {
    path: {
      id: string;
      document_id: string;
    };
    result: Success;
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
  /** Deletes a note; restoring undoes it */
  delete_note: {
    path: {
      id: string;
      note_id: string;
    };
    result: Success;
  };
  /** Deletes a rule; its open suggestions are withdrawn */
  delete_stage_rule: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Takes a tag (?tag=) off all clients. A bulk change, to be undone as one */
  delete_tag: {
    query: {
      tag?: string;
    };
    result: BulkJob;
  };
  /** Deletes a task */
  delete_task: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Takes a letter out of the library */
  delete_template: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Deletes one's own view */
  delete_view: {
    path: {
      id: string;
    };
    result: Success;
  };
  /** Removes an address with its log */
  delete_webhook: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Forgets the tokens and revokes the grant at Google */
  disconnect_calendar: {
    path: {
      realtorId: string;
    };
    result: void;
  };
  /** Says that two are different people; the pair is not shown again */
  dismiss_duplicate: {
    body: DistinctPair;
    result: Success;
  };
  /** Lets it be; only what happens from now on counts */
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
  /** Rewrites a note */
  edit_note: {
    path: {
      id: string;
      note_id: string;
    };
    body: NoteInput;
    result: Note;
  };
  /** Where Google sends the browser back; leads to the page that began, with calendar=connected, refused or failed and the reason in its address */
  end_calendar: {
    query: {
      state?: string;
      code?: string;
      error?: string;
    };
    result: unknown;
  };
  /** End a session */
  end_session: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Erases a person for good, with all that is kept about them, and certifies it. Can't be undone */
  erase_contact: {
    path: {
      id: string;
    };
    body: EraseRequest;
    result: Certificate;
  };
  /** The whole account's data as a tar.gz archive: JSON lines of each table, and its files */
  export_account: {
    result: unknown;
  };
  /** The security log as CSV, oldest first */
  export_audit: {
    query: {
      from?: string;
      until?: string;
    };
    result: unknown;
  };
  /** The clients that match, all of them, as CSV; no cell is a formula */
  export_clients_csv: {
    query: {
      q?: string;
      stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
      tag?: string;
      field?: string;
      assigned_to?: string;
      sort?: "-created_at" | "created_at" | "name" | "-name" | "last_contacted" | "-last_contacted";
    };
    result: unknown;
  };
  /** The clients that match, up to 100,000, as an Excel workbook */
  export_clients_xlsx: {
    query: {
      q?: string;
      stage?: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
      tag?: string;
      field?: string;
      assigned_to?: string;
      sort?: "-created_at" | "created_at" | "name" | "-name" | "last_contacted" | "-last_contacted";
    };
    result: unknown;
  };
  /** Everything that is kept about a person, documents included, as a tar.gz archive */
  export_contact: {
    path: {
      id: string;
    };
    result: unknown;
  };
  /** E-mails that were sent, all of the list, as CSV; no cell is a formula */
  export_emails_csv: {
    query: {
      client_id?: string;
      status?: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** E-mails that were sent, up to 100,000, as an Excel workbook */
  export_emails_xlsx: {
    query: {
      client_id?: string;
      status?: "queued" | "sent" | "delivered" | "opened" | "clicked" | "bounced" | "failed" | "dropped" | "spamreport" | "deferred";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** Follow-up plans, all of the list, as CSV; no cell is a formula */
  export_journey_templates_csv: {
    result: unknown;
  };
  /** Follow-up plans, up to 100,000, as an Excel workbook */
  export_journey_templates_xlsx: {
    result: unknown;
  };
  /** Follow-up plans under way and past ones, all of the list, as CSV; no cell is a formula */
  export_journeys_csv: {
    query: {
      status?: "in_progress" | "paused" | "stopped" | "completed";
      client_id?: string;
      template_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** Follow-up plans under way and past ones, up to 100,000, as an Excel workbook */
  export_journeys_xlsx: {
    query: {
      status?: "in_progress" | "paused" | "stopped" | "completed";
      client_id?: string;
      template_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** E-mails that came in, all of the list, as CSV; no cell is a formula */
  export_received_emails_csv: {
    query: {
      client_id?: string;
      kind?: "reply" | "auto_reply" | "out_of_office" | "bounce";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** E-mails that came in, up to 100,000, as an Excel workbook */
  export_received_emails_xlsx: {
    query: {
      client_id?: string;
      kind?: "reply" | "auto_reply" | "out_of_office" | "bounce";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** Moves that rules suggested or made, all of the list, as CSV; no cell is a formula */
  export_stage_suggestions_csv: {
    query: {
      status?: "open" | "accepted" | "dismissed" | "done" | "undone" | "outdated";
      client_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** Moves that rules suggested or made, up to 100,000, as an Excel workbook */
  export_stage_suggestions_xlsx: {
    query: {
      status?: "open" | "accepted" | "dismissed" | "done" | "undone" | "outdated";
      client_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** How a client moved through the stages, all of the list, as CSV; no cell is a formula */
  export_stages_csv: {
    path: {
      id: string;
    };
    result: unknown;
  };
  /** How a client moved through the stages, up to 100,000, as an Excel workbook */
  export_stages_xlsx: {
    path: {
      id: string;
    };
    result: unknown;
  };
  /** The tags in use, all of the list, as CSV; no cell is a formula */
  export_tags_csv: {
    result: unknown;
  };
  /** The tags in use, up to 100,000, as an Excel workbook */
  export_tags_xlsx: {
    result: unknown;
  };
  /** Follow-up tasks, all of the list, as CSV; no cell is a formula */
  export_tasks_csv: {
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
    result: unknown;
  };
  /** Follow-up tasks, up to 100,000, as an Excel workbook */
  export_tasks_xlsx: {
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
    result: unknown;
  };
  /** The account's members, all of the list, as CSV; no cell is a formula */
  export_team_csv: {
    result: unknown;
  };
  /** The account's members, up to 100,000, as an Excel workbook */
  export_team_xlsx: {
    result: unknown;
  };
  /** The library of letters, all of the list, as CSV; no cell is a formula */
  export_templates_csv: {
    query: {
      q?: string;
      language?: "en" | "es";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** The library of letters, up to 100,000, as an Excel workbook */
  export_templates_xlsx: {
    query: {
      q?: string;
      language?: "en" | "es";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** Deleted clients, all of the list, as CSV; no cell is a formula */
  export_trash_csv: {
    result: unknown;
  };
  /** Deleted clients, up to 100,000, as an Excel workbook */
  export_trash_xlsx: {
    result: unknown;
  };
  /** What a webhook was sent, all of the list, as CSV; no cell is a formula */
  export_webhook_deliveries_csv: {
    path: {
      id: string;
    };
    query: {
      state?: "pending" | "delivered" | "failed";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** What a webhook was sent, up to 100,000, as an Excel workbook */
  export_webhook_deliveries_xlsx: {
    path: {
      id: string;
    };
    query: {
      state?: "pending" | "delivered" | "failed";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: unknown;
  };
  /** Ask for a code there again, and end its sessions */
  forget_device: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Have a link to a new password mailed, if there is such a person */
  forgot_password: {
    body: ForEmail;
    result: void;
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
  /** A draft, by its task */
  get_approval: {
    path: {
      id: string;
    };
    result: Approval;
  };
  /** A brand file, to be saved */
  get_brand_asset: {
    path: {
      id: string;
    };
    result: unknown;
  };
  /** How far a bulk change is, and which clients it failed for, with the reasons */
  get_bulk_job: {
    path: {
      id: string;
    };
    result: BulkJob;
  };
  /** A business of the agency */
  get_business: {
    path: {
      id: string;
    };
    result: HubClient;
  };
  /** Whether one's own Google Calendar is connected, and how it does */
  get_calendar_connection: {
    path: {
      realtorId: string;
    };
    result: CalendarConnection;
  };
  /** A client */
  get_client: {
    path: {
      id: string;
    };
    result: Client;
  };
  /** What matters about a client, as a PDF in the reader's language */
  get_client_summary: {
    path: {
      id: string;
    };
    query: {
      language?: "en" | "es";
    };
    result: unknown;
  };
  /** What a client must know before signing in */
  get_config: {
    result: PublicConfig;
  };
  /** Downloads a document */
  get_document_file: {
    path: {
      id: string;
      document_id: string;
    };
    result: unknown;
  };
  /** An e-mail with its history */
  get_email: {
    path: {
      id: string;
    };
    result: EmailDetail;
  };
  /** A letter, its links and codes hidden */
  get_email_log: {
    path: {
      id: string;
    };
    result: EmailLogDetail;
  };
  /** How many letters of each type have which status */
  get_email_stats: {
    query: {
      days?: number;
    };
    result: EmailStats;
  };
  /** The words of a letter, and the variables it knows */
  get_email_template: {
    path: {
      email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
    };
    query: {
      language?: "en" | "es";
    };
    result: LetterTemplate;
  };
  /** What is set up */
  get_factors: {
    result: Factors;
  };
  /** Where an office can forward its mail to, so that answers are seen here */
  get_forwarding_address: {
    result: ForwardingAddress;
  };
  /** The same as CSV */
  get_funnel_csv: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** How far the clients of a period came */
  get_funnel_report: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: FunnelRowReport;
  };
  /** The same as an Excel workbook */
  get_funnel_xlsx: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** Whether this process is alive */
  get_health: {
    result: unknown;
  };
  /** An import: its columns, how far it is, and what became of its rows */
  get_import: {
    path: {
      id: string;
    };
    result: Import;
  };
  /** The rows that were not taken over (`bad`, `skipped`) or not wholly (`added`, `updated`), each with its reasons, as CSV */
  get_import_errors: {
    path: {
      id: string;
    };
    result: unknown;
  };
  /** What an invitation offers */
  get_invitation: {
    path: {
      token: string;
    };
    result: InvitationOffer;
  };
  /** A brand file, to be saved */
  get_invited_brand_asset: {
    path: {
      token: string;
      id: string;
    };
    result: unknown;
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
  /** Which news one hears of, and how */
  get_notification_preferences: {
    query: {
      language?: "en" | "es";
    };
    result: NotificationPreferences;
  };
  /** The wizard as it was left; 404 or 410 for a dead link */
  get_onboarding: {
    path: {
      token: string;
    };
    result: OnboardingWizard;
  };
  /** Which steps new businesses are asked, in which order */
  get_onboarding_plan: {
    result: OnboardingPlan;
  };
  /** Setting up the account one works in, as it was left */
  get_own_onboarding: {
    result: OnboardingWizard;
  };
  /** The board: each stage with its count and its first clients; PATCH a client's stage and after to move it */
  get_pipeline: {
    query: {
      limit?: number;
      cursor?: string;
    };
    result: Board;
  };
  /** More of one stage, in the board's order */
  get_pipeline_stage: {
    path: {
      stage: "lead" | "negotiating" | "under_contract" | "closed" | "lost";
    };
    query: {
      limit?: number;
      cursor?: string;
    };
    result: BoardColumn;
  };
  /** Whether this server can serve */
  get_ready: {
    result: unknown;
  };
  /** An e-mail that came in */
  get_received_email: {
    path: {
      id: string;
    };
    result: ReceivedEmail;
  };
  /** What happened last, of every kind */
  get_recent_activity: {
    query: {
      limit?: number;
    };
    result: Recent;
  };
  /** The same as CSV */
  get_response_csv: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** How soon people are answered, as medians */
  get_response_report: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: ResponseRowReport;
  };
  /** The same as an Excel workbook */
  get_response_xlsx: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** How long what is deleted can be restored */
  get_retention: {
    result: Retention;
  };
  /** How the office presents itself, and when it writes by itself */
  get_settings: {
    result: Settings;
  };
  /** The same as CSV */
  get_source_csv: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** Where clients came from, and what became of them */
  get_source_report: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: SourceRowReport;
  };
  /** The same as an Excel workbook */
  get_source_xlsx: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** How a client moved through the stages: who, when, from, to and why */
  get_stage_history: {
    path: {
      id: string;
    };
    result: StageHistory;
  };
  /** A rule */
  get_stage_rule: {
    path: {
      id: string;
    };
    result: StageRule;
  };
  /** The account's numbers, each with its definition */
  get_stats: {
    result: Stats;
  };
  /** How the installation is, as the last look of five minutes ago found it */
  get_status: {
    result: HealthReport;
  };
  /** A task */
  get_task: {
    path: {
      id: string;
    };
    result: FollowUpTask;
  };
  /** The tasks of a range of up to 62 days, all at once up to 3,000; cut says that there are more */
  get_task_calendar: {
    query: {
      from?: string;
      until?: string;
      status?: "pending" | "completed" | "skipped" | "cancelled";
    };
    result: TaskCalendar;
  };
  /** A letter of the library */
  get_template: {
    path: {
      id: string;
    };
    result: Template;
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
  /** What to do now, the weightiest first, each with reasons whose points add up to its rank */
  get_today: {
    query: {
      limit?: number;
    };
    result: TodayList;
  };
  /** The same as CSV */
  get_trend_csv: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** Day by day, week by week or month by month */
  get_trend_report: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: TrendRowReport;
  };
  /** The same as an Excel workbook */
  get_trend_xlsx: {
    query: {
      from?: string;
      to?: string;
      by?: "day" | "week" | "month";
    };
    result: unknown;
  };
  /** Day by day in the account's time zone */
  get_trends: {
    query: {
      days?: number;
    };
    result: Trends;
  };
  /** An address and how it does */
  get_webhook: {
    path: {
      id: string;
    };
    result: Webhook;
  };
  /** A delivery with its body and every attempt */
  get_webhook_delivery: {
    path: {
      id: string;
      event_id: string;
    };
    result: DeliveryDetail;
  };
  /** Go to Google to sign in */
  google_begin: {
    query: {
      next?: string;
    };
    result: unknown;
  };
  /** Where Google sends the browser back */
  google_end: {
    query: {
      code?: string;
      state?: string;
      error?: string;
    };
    result: unknown;
  };
  /** Makes another member the owner in your place */
  hand_over_account: {
    path: {
      id: string;
    };
    result: TeamMember;
  };
  /** Mails a new link; earlier ones stop working; 429 after five an hour */
  invite_business: {
    path: {
      id: string;
    };
    result: InvitationSent;
  };
  /** Mails somebody a link to join; an earlier one to the same address is revoked */
  invite_member: {
    body: NewTeamInvitation;
    result: TeamInvitation;
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
  /** The security log, newest first */
  list_audit: {
    query: {
      action?: string;
      actor_id?: string;
      subject_id?: string;
      from?: string;
      until?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: AuditEntryPage;
  };
  /** The latest bulk changes */
  list_bulk_jobs: {
    result: BulkJobList;
  };
  /** The agency's businesses, newest first, with how far each is */
  list_businesses: {
    query: {
      q?: string;
      state?: "not_invited" | "invited" | "in_progress" | "completed" | "active";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: HubClientPage;
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
      field?: string;
      assigned_to?: string;
      sort?: "-created_at" | "created_at" | "name" | "-name" | "last_contacted" | "-last_contacted";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: ClientPage;
  };
  /** Other addresses and numbers that a client is known by */
  list_contact_points: {
    path: {
      id: string;
    };
    result: ContactPointList;
  };
  /** The fields that this account adds to its clients */
  list_custom_fields: {
    result: CustomFieldList;
  };
  /** The browsers in which no code is asked for */
  list_devices: {
    result: DeviceList;
  };
  /** A client's documents, newest first */
  list_documents: {
    path: {
      id: string;
    };
    result: DocumentList;
  };
  /** Pairs that may be one person: up to a hundred, by name */
  list_duplicates: {
    result: DuplicateList;
  };
  /** The letters that Doorstep itself sent, newest first */
  list_email_logs: {
    query: {
      email_type?: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
      status?: "pending" | "sent" | "delivered" | "opened" | "clicked" | "failed" | "bounced" | "complained";
      search?: string;
      from?: string;
      until?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: EmailLogPage;
  };
  /** The words of every letter in a language */
  list_email_templates: {
    query: {
      language?: "en" | "es";
    };
    result: LetterTemplates;
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
  /** Certificates of erased people, latest first */
  list_erasures: {
    result: CertificateList;
  };
  /** The latest imports */
  list_imports: {
    result: ImportList;
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
  /** A client's notes, newest first */
  list_notes: {
    path: {
      id: string;
    };
    query: {
      page?: number;
      limit?: number;
    };
    result: NotePage;
  };
  /** News for the one who asks, newest first, with the number of unread ones */
  list_notifications: {
    query: {
      unread?: boolean;
      language?: "en" | "es";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: NotificationList;
  };
  /** The accounts that the user is a member of */
  list_own_accounts: {
    result: OwnAccountList;
  };
  /** One's calendars at Google, and which of them are used */
  list_own_calendars: {
    path: {
      realtorId: string;
    };
    result: OwnCalendarList;
  };
  /** Own passkeys */
  list_passkeys: {
    result: PasskeyList;
  };
  /** The addresses to share: survey, booking, value page, each with its QR code */
  list_public_links: {
    result: PublicLinkList;
  };
  /** What people answered, newest first */
  list_received_emails: {
    query: {
      client_id?: string;
      kind?: "reply" | "auto_reply" | "out_of_office" | "bounce";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: ReceivedEmailPage;
  };
  /** Where the user is signed in */
  list_sessions: {
    result: SessionList;
  };
  /** The rules by which people move along the pipeline */
  list_stage_rules: {
    result: StageRules;
  };
  /** Moves that rules suggested or made, newest first */
  list_stage_suggestions: {
    query: {
      status?: "open" | "accepted" | "dismissed" | "done" | "undone" | "outdated";
      client_id?: string;
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: StageSuggestionPage;
  };
  /** The tags in use, with how many clients have each */
  list_tags: {
    result: TagList;
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
  /** The account's members, and who is invited */
  list_team: {
    result: TeamList;
  };
  /** What a letter may speak of */
  list_template_variables: {
    result: Variables;
  };
  /** The library of letters, by name */
  list_templates: {
    query: {
      q?: string;
      language?: "en" | "es";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: TemplatePage;
  };
  /** Deleted clients, latest first, and when each goes for good */
  list_trash: {
    query: {
      page?: number;
      limit?: number;
    };
    result: TrashedPage;
  };
  /** One's own saved views and the shared ones, favourites first */
  list_views: {
    query: {
      object?: "clients" | "tasks" | "emails" | "leads" | "bookings" | "items";
    };
    result: ViewList;
  };
  /** What was sent in the last thirty days, newest first */
  list_webhook_deliveries: {
    path: {
      id: string;
    };
    query: {
      state?: "pending" | "delivered" | "failed";
      page?: number;
      limit?: number;
      cursor?: string;
    };
    result: DeliveryPage;
  };
  /** The addresses that are told what happens */
  list_webhooks: {
    result: WebhookList;
  };
  /** Mailgun's signed event webhook */
  mailgun_event: {
    result: unknown;
  };
  /** Make an API key, which is shown this once */
  make_api_key: {
    body: NewApiKey;
    result: MadeApiKey;
  };
  /** Makes two records of one person one, with everything that hangs on either; undoable for a day */
  merge_contacts: {
    path: {
      id: string;
    };
    body: MergeRequest;
    result: Merge;
  };
  /** Moves up to 1,000 clients to a stage */
  move_clients: {
    body: BulkStage;
    result: BulkUpdated;
  };
  /** Sign in with a passkey */
  passkey_login: {
    body: PasskeyLogin;
    result: SignedIn;
  };
  /** What an authenticator needs to sign in */
  passkey_login_options: {
    result: PasskeyRequest;
  };
  /** What an authenticator needs to make a passkey */
  passkey_options: {
    result: PasskeyCreation;
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
  /** How a letter would look with these words; nothing is stored or sent */
  preview_email_template: {
    path: {
      email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
    };
    query: {
      language?: "en" | "es";
    };
    body: LetterWords;
    result: LetterPreview;
  };
  /** A letter filled for a client, or for a made-up one; nothing is stored or sent */
  preview_template: {
    body: FillRequest;
    result: Filled;
  };
  /** Show the password or a code again: for ten minutes the session may change how the account is opened */
  prove: {
    body: Proof;
    result: void;
  };
  /** The same as POST */
  put_all_notifications_read: {
    result: UnreadCount;
  };
  /** The same as POST */
  put_notification_read: {
    path: {
      id: string;
    };
    result: UnreadCount;
  };
  /** Marks all as read */
  read_all_notifications: {
    result: UnreadCount;
  };
  /** Marks one as read */
  read_notification: {
    path: {
      id: string;
    };
    result: UnreadCount;
  };
  /** The next access token, for the refresh token in the cookie or the body */
  refresh_session: {
    result: Refreshed;
  };
  /** Skips the step; its draft is not sent */
  reject: {
    path: {
      id: string;
    };
    body: RejectRequest;
    result: FollowUpTask;
  };
  /** Removes a brand file */
  remove_brand_asset: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Takes back a business that nobody has joined */
  remove_business: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Removes a brand file */
  remove_invited_brand_asset: {
    path: {
      token: string;
      id: string;
    };
    result: void;
  };
  /** Takes a member out of the account */
  remove_member: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Forget a passkey */
  remove_passkey: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Turn it off */
  remove_totp: {
    body: FactorCode;
    result: void;
  };
  /** Renames a tag wherever it is; where the new name is there already, both become one. A bulk change, to be undone as one */
  rename_tag: {
    body: RenameTag;
    result: BulkJob;
  };
  /** Ten new recovery codes; the old ones are void */
  renew_recovery_codes: {
    body: FactorCode;
    result: RecoveryCodes;
  };
  /** Sends again what failed since an instant */
  replay_failed_deliveries: {
    path: {
      id: string;
    };
    body: ReplayRequest;
    result: Replayed;
  };
  /** Sends an event again, under the same webhook-id */
  replay_webhook_delivery: {
    path: {
      id: string;
      event_id: string;
    };
    result: DeliveryDetail;
  };
  /** Another code for the same sign-in; tries stay counted */
  resend_mfa: {
    body: MfaResend;
    result: MfaRequired;
  };
  /** Send the letter again, if somebody waits for it */
  resend_verification: {
    body: ForEmail;
    result: void;
  };
  /** Back to the default */
  reset_email_template: {
    path: {
      email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
    };
    query: {
      language?: "en" | "es";
    };
    result: LetterTemplate;
  };
  /** A new password for the letter's token; signs nobody in */
  reset_password: {
    body: PasswordReset;
    result: void;
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
  /** Undoes the deletion of a document */
  restore_document: {
    path: {
      id: string;
      document_id: string;
    };
    result: Document;
  };
  /** Undoes a deletion */
  restore_journey_template: {
    path: {
      id: string;
    };
    result: JourneyTemplate;
  };
  /** Undoes the deletion of a note */
  restore_note: {
    path: {
      id: string;
      note_id: string;
    };
    result: Note;
  };
  /** Undoes a deletion */
  restore_stage_rule: {
    path: {
      id: string;
    };
    result: StageRule;
  };
  /** Undoes a deletion */
  restore_template: {
    path: {
      id: string;
    };
    result: Template;
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
  /** Sends up to 1,000 failed e-mails again */
  retry_emails: {
    body: BulkIds;
    result: BulkUpdated;
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
  /** Revokes an open invitation */
  revoke_invitation: {
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
  /** Makes a new secret; the one before signs along for a day, or as long as you say */
  rotate_webhook_secret: {
    path: {
      id: string;
    };
    body: Rotation;
    result: NewSecret;
  };
  /** Keeps what is half filled in, never a password */
  save_onboarding_draft: {
    path: {
      token: string;
    };
    body: OnboardingDraft;
    result: DraftSaved;
  };
  /** Saves a step's answers */
  save_onboarding_step: {
    path: {
      token: string;
    };
    body: OnboardingStepInput;
    result: OnboardingWizard;
  };
  /** Keeps what is half filled in, never a password */
  save_own_onboarding_draft: {
    body: OnboardingDraft;
    result: DraftSaved;
  };
  /** Saves a step's answers */
  save_own_onboarding_step: {
    body: OnboardingStepInput;
    result: OnboardingWizard;
  };
  /** Finds people by name, e-mail, telephone in any writing, address, tag words and notes, forgiving a mistyped letter; best first */
  search: {
    query: {
      q?: string;
      limit?: number;
    };
    result: SearchResult;
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
  /** Sends a letter of any type with made-up facts */
  send_test_email: {
    body: LetterTestRequest;
    result: EmailLog;
  };
  /** SendGrid's signed event webhook */
  sendgrid_events: {
    result: unknown;
  };
  /** SendGrid's Inbound Parse webhook, with a signature policy */
  sendgrid_inbound: {
    result: unknown;
  };
  /** Chooses the steps of businesses made from now on */
  set_onboarding_plan: {
    body: OnboardingPlanInput;
    result: OnboardingPlan;
  };
  /** Sign in with e-mail address and password; a code may be asked for */
  sign_in: {
    body: Login;
    result: SignedIn | MfaRequired;
  };
  /** End this session */
  sign_out: {
    result: void;
  };
  /** End every session of the user */
  sign_out_everywhere: {
    result: void;
  };
  /** Sign up; the letter's link opens the account */
  sign_up: {
    body: SignUp;
    result: SignUpTaken;
  };
  /** Not now: the person is not proposed again until they do something */
  skip_person: {
    body: NewSkip;
    result: Success;
  };
  /** Changes many clients: stage, tags, whose they are, deletion; by ids or all that match a filter. Up to 200 are done when the answer comes, more are done by a job with progress */
  start_bulk: {
    body: NewBulkJob;
    result: BulkJob;
  };
  /** Imports, as a job with progress that survives a restart */
  start_import: {
    path: {
      id: string;
    };
    result: Import;
  };
  /** Starts a plan with a client */
  start_journey: {
    path: {
      id: string;
    };
    body: NewJourney;
    result: Journey;
  };
  /** A secret for an app that makes codes */
  start_totp: {
    result: TotpStarted;
  };
  /** Ends it; its steps are skipped with the reason */
  stop_journey: {
    path: {
      id: string;
    };
    body: StopRequest;
    result: Journey;
  };
  /** Go on in another of them; this session ends */
  switch_account: {
    body: AccountChoice;
    result: SignedIn;
  };
  /** Sends an event of the type webhook.tested */
  test_webhook: {
    path: {
      id: string;
    };
    result: void;
  };
  /** Somebody called, met or wrote to the person elsewhere */
  touch_person: {
    body: NewTouch;
    result: FollowUpTask;
  };
  /** Takes a whole bulk change back, but for clients changed meanwhile */
  undo_bulk_job: {
    path: {
      id: string;
    };
    result: BulkJob;
  };
  /** Takes a whole import back, but for what was changed since: who was worked with stays, as kept and kept_for say */
  undo_import: {
    path: {
      id: string;
    };
    result: Import;
  };
  /** Makes two clients of one again; what was changed or added since stays with the kept one */
  undo_merge: {
    path: {
      id: string;
    };
    result: Client;
  };
  /** Moves the person back */
  undo_stage_suggestion: {
    path: {
      id: string;
    };
    result: StageSuggestion;
  };
  /** Undoes a skip */
  unskip_person: {
    path: {
      client_id: string;
    };
    result: Success;
  };
  /** Changes what is sent of a business's profile; null clears; If-Match guards against lost updates */
  update_business: {
    path: {
      id: string;
    };
    body: HubClientPatch;
    result: HubClient;
  };
  /** Changes what is sent; null clears what may be empty; If-Match guards against lost updates */
  update_client: {
    path: {
      id: string;
    };
    body: ClientPatch;
    result: Client;
  };
  /** Changes a field's label, choices or position */
  update_custom_field: {
    path: {
      id: string;
    };
    body: CustomFieldPatch;
    result: CustomField;
  };
  /** Changes a plan; journeys under way follow it from each person's position on */
  update_journey_template: {
    path: {
      id: string;
    };
    body: JourneyTemplatePatch;
    result: JourneyTemplate;
  };
  /** Another name of the person */
  update_me: {
    body: MePatch;
    result: Me;
  };
  /** Gives a member another role, deactivates or reactivates them; what they are signed in with ends */
  update_member: {
    path: {
      id: string;
    };
    body: TeamMemberPatch;
    result: TeamMember;
  };
  /** Sets after how many days in the trash a client goes for good */
  update_retention: {
    body: RetentionPatch;
    result: Retention;
  };
  /** Changes what is sent; null clears what may be empty; If-Match guards against lost updates */
  update_settings: {
    body: SettingsPatch;
    result: Settings;
  };
  /** Changes a rule; its open suggestions are withdrawn */
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
  /** Completes, skips or reschedules up to 500 tasks */
  update_tasks: {
    body: BulkTasks;
    result: BulkTaskResult;
  };
  /** Changes a letter; If-Match guards against lost updates */
  update_template: {
    path: {
      id: string;
    };
    body: TemplatePatch;
    result: Template;
  };
  /** Changes one's own view; favourite and is_default are for each person to say, of shared ones too */
  update_view: {
    path: {
      id: string;
    };
    body: ViewPatch;
    result: View;
  };
  /** Changes the address, its filter, or switches it on or off */
  update_webhook: {
    path: {
      id: string;
    };
    body: WebhookPatch;
    result: Webhook;
  };
  /** Whether the log is as it was written: each entry's hash follows from the one before */
  verify_audit: {
    result: AuditChain;
  };
  /** Answer the letter */
  verify_email: {
    body: EmailedToken;
    result: Verified;
  };
  /** Finish signing in with a code */
  verify_mfa: {
    body: MfaCode;
    result: SignedIn;
  };
  /** Finish signing in with a code */
  verify_mfa_alias: {
    body: MfaCode;
    result: SignedIn;
  };
  /** Puts the account's own words in place; an agency's count for its businesses too */
  write_email_template: {
    path: {
      email_type: "onboarding_invite" | "onboarding_complete" | "onboarding_reminder" | "password_reset" | "form_submission" | "rush_job_notification" | "blog_notification" | "document_review" | "verify_email" | "sign_in_code" | "security_alert" | "team_invitation" | "account_activated" | "digest" | "summary";
    };
    query: {
      language?: "en" | "es";
    };
    body: LetterWords;
    result: LetterTemplate;
  };
}

export const operations = {
  accept_invitation: ["POST", "/api/team/invitations/{token}/accept"],
  accept_stage_suggestion: ["POST", "/api/stage-suggestions/{id}/accept"],
  activate_business: ["POST", "/api/hub/clients/{id}/activate"],
  activate_onboarding: ["POST", "/api/onboarding/{token}/activate"],
  add_brand_asset: ["POST", "/api/onboarding/me/brand-assets"],
  add_contact_point: ["POST", "/api/clients/{id}/contact-points"],
  add_custom_field: ["POST", "/api/custom-fields"],
  add_document: ["POST", "/api/contacts/{id}/documents"],
  add_import: ["POST", "/api/imports"],
  add_invited_brand_asset: ["POST", "/api/onboarding/{token}/brand-assets"],
  add_note: ["POST", "/api/contacts/{id}/notes"],
  add_passkey: ["POST", "/api/auth/passkeys"],
  add_view: ["POST", "/api/views"],
  approve: ["POST", "/api/approvals/{id}/approve"],
  begin_calendar: ["GET", "/api/calendar/oauth/{realtorId}"],
  cancel_email: ["POST", "/api/emails/{id}/cancel"],
  change_email: ["POST", "/api/auth/change-email"],
  change_notification_preferences: ["PATCH", "/api/notifications/preferences"],
  change_password: ["POST", "/api/auth/change-password"],
  check_email: ["POST", "/api/emails/check"],
  check_import: ["POST", "/api/imports/{id}/check"],
  choose_calendars: ["PATCH", "/api/calendar/{realtorId}/calendars"],
  complete_onboarding: ["POST", "/api/onboarding/me/complete"],
  configure_import: ["PATCH", "/api/imports/{id}"],
  confirm_totp: ["POST", "/api/auth/mfa/totp/confirm"],
  create_business: ["POST", "/api/hub/clients"],
  create_client: ["POST", "/api/clients"],
  create_journey_template: ["POST", "/api/journey-templates"],
  create_stage_rule: ["POST", "/api/stage-rules"],
  create_task: ["POST", "/api/tasks"],
  create_template: ["POST", "/api/templates"],
  create_webhook: ["POST", "/api/webhooks"],
  delete_client: ["DELETE", "/api/clients/{id}"],
  delete_clients: ["DELETE", "/api/clients/bulk"],
  delete_contact_point: ["DELETE", "/api/clients/{id}/contact-points/{point_id}"],
  delete_custom_field: ["DELETE", "/api/custom-fields/{id}"],
  delete_document: ["DELETE", "/api/contacts/{id}/documents/{document_id}"],
  delete_job: ["DELETE", "/api/jobs/{id}"],
  delete_journey_template: ["DELETE", "/api/journey-templates/{id}"],
  delete_note: ["DELETE", "/api/contacts/{id}/notes/{note_id}"],
  delete_stage_rule: ["DELETE", "/api/stage-rules/{id}"],
  delete_tag: ["DELETE", "/api/tags"],
  delete_task: ["DELETE", "/api/tasks/{id}"],
  delete_template: ["DELETE", "/api/templates/{id}"],
  delete_view: ["DELETE", "/api/views/{id}"],
  delete_webhook: ["DELETE", "/api/webhooks/{id}"],
  disconnect_calendar: ["DELETE", "/api/calendar/{realtorId}/credentials"],
  dismiss_duplicate: ["POST", "/api/contacts/duplicates/dismiss"],
  dismiss_stage_suggestion: ["POST", "/api/stage-suggestions/{id}/dismiss"],
  edit_approval: ["PATCH", "/api/approvals/{id}"],
  edit_note: ["PATCH", "/api/contacts/{id}/notes/{note_id}"],
  end_calendar: ["GET", "/api/calendar/oauth/callback"],
  end_session: ["DELETE", "/api/auth/sessions/{id}"],
  erase_contact: ["POST", "/api/contacts/{id}/erase"],
  export_account: ["GET", "/api/account/export"],
  export_audit: ["GET", "/api/audit/export"],
  export_clients_csv: ["GET", "/api/clients/export.csv"],
  export_clients_xlsx: ["GET", "/api/clients/export.xlsx"],
  export_contact: ["GET", "/api/contacts/{id}/export"],
  export_emails_csv: ["GET", "/api/emails/export.csv"],
  export_emails_xlsx: ["GET", "/api/emails/export.xlsx"],
  export_journey_templates_csv: ["GET", "/api/journey-templates/export.csv"],
  export_journey_templates_xlsx: ["GET", "/api/journey-templates/export.xlsx"],
  export_journeys_csv: ["GET", "/api/journeys/export.csv"],
  export_journeys_xlsx: ["GET", "/api/journeys/export.xlsx"],
  export_received_emails_csv: ["GET", "/api/emails/received/export.csv"],
  export_received_emails_xlsx: ["GET", "/api/emails/received/export.xlsx"],
  export_stage_suggestions_csv: ["GET", "/api/stage-suggestions/export.csv"],
  export_stage_suggestions_xlsx: ["GET", "/api/stage-suggestions/export.xlsx"],
  export_stages_csv: ["GET", "/api/contacts/{id}/stages/export.csv"],
  export_stages_xlsx: ["GET", "/api/contacts/{id}/stages/export.xlsx"],
  export_tags_csv: ["GET", "/api/tags/export.csv"],
  export_tags_xlsx: ["GET", "/api/tags/export.xlsx"],
  export_tasks_csv: ["GET", "/api/tasks/export.csv"],
  export_tasks_xlsx: ["GET", "/api/tasks/export.xlsx"],
  export_team_csv: ["GET", "/api/team/export.csv"],
  export_team_xlsx: ["GET", "/api/team/export.xlsx"],
  export_templates_csv: ["GET", "/api/templates/export.csv"],
  export_templates_xlsx: ["GET", "/api/templates/export.xlsx"],
  export_trash_csv: ["GET", "/api/trash/export.csv"],
  export_trash_xlsx: ["GET", "/api/trash/export.xlsx"],
  export_webhook_deliveries_csv: ["GET", "/api/webhooks/{id}/deliveries/export.csv"],
  export_webhook_deliveries_xlsx: ["GET", "/api/webhooks/{id}/deliveries/export.xlsx"],
  forget_device: ["DELETE", "/api/auth/devices/{id}"],
  forgot_password: ["POST", "/api/auth/forgot-password"],
  get_api_events: ["GET", "/api/events"],
  get_api_key: ["GET", "/api/api-keys/{id}"],
  get_approval: ["GET", "/api/approvals/{id}"],
  get_brand_asset: ["GET", "/api/onboarding/me/brand-assets/{id}"],
  get_bulk_job: ["GET", "/api/bulk-jobs/{id}"],
  get_business: ["GET", "/api/hub/clients/{id}"],
  get_calendar_connection: ["GET", "/api/calendar/{realtorId}/credentials"],
  get_client: ["GET", "/api/clients/{id}"],
  get_client_summary: ["GET", "/api/clients/{id}/summary.pdf"],
  get_config: ["GET", "/api/config"],
  get_document_file: ["GET", "/api/contacts/{id}/documents/{document_id}/file"],
  get_email: ["GET", "/api/emails/{id}"],
  get_email_log: ["GET", "/api/hub/email-logs/{id}"],
  get_email_stats: ["GET", "/api/hub/email-logs/stats"],
  get_email_template: ["GET", "/api/hub/email-templates/{email_type}"],
  get_factors: ["GET", "/api/auth/mfa"],
  get_forwarding_address: ["GET", "/api/emails/forwarding-address"],
  get_funnel_csv: ["GET", "/api/reports/funnel.csv"],
  get_funnel_report: ["GET", "/api/reports/funnel"],
  get_funnel_xlsx: ["GET", "/api/reports/funnel.xlsx"],
  get_health: ["GET", "/health"],
  get_import: ["GET", "/api/imports/{id}"],
  get_import_errors: ["GET", "/api/imports/{id}/errors.csv"],
  get_invitation: ["GET", "/api/team/invitations/{token}/accept"],
  get_invited_brand_asset: ["GET", "/api/onboarding/{token}/brand-assets/{id}"],
  get_journey: ["GET", "/api/journeys/{id}"],
  get_journey_template: ["GET", "/api/journey-templates/{id}"],
  get_me: ["GET", "/api/auth/me"],
  get_notification_preferences: ["GET", "/api/notifications/preferences"],
  get_onboarding: ["GET", "/api/onboarding/{token}"],
  get_onboarding_plan: ["GET", "/api/hub/onboarding-plan"],
  get_own_onboarding: ["GET", "/api/onboarding/me"],
  get_pipeline: ["GET", "/api/pipeline"],
  get_pipeline_stage: ["GET", "/api/pipeline/{stage}"],
  get_ready: ["GET", "/ready"],
  get_received_email: ["GET", "/api/emails/received/{id}"],
  get_recent_activity: ["GET", "/api/dashboard/recent-activity"],
  get_response_csv: ["GET", "/api/reports/response-times.csv"],
  get_response_report: ["GET", "/api/reports/response-times"],
  get_response_xlsx: ["GET", "/api/reports/response-times.xlsx"],
  get_retention: ["GET", "/api/retention"],
  get_settings: ["GET", "/api/settings"],
  get_source_csv: ["GET", "/api/reports/sources.csv"],
  get_source_report: ["GET", "/api/reports/sources"],
  get_source_xlsx: ["GET", "/api/reports/sources.xlsx"],
  get_stage_history: ["GET", "/api/contacts/{id}/stages"],
  get_stage_rule: ["GET", "/api/stage-rules/{id}"],
  get_stats: ["GET", "/api/dashboard/stats"],
  get_status: ["GET", "/api/status"],
  get_task: ["GET", "/api/tasks/{id}"],
  get_task_calendar: ["GET", "/api/tasks/calendar"],
  get_template: ["GET", "/api/templates/{id}"],
  get_timeline: ["GET", "/api/contacts/{id}/timeline"],
  get_today: ["GET", "/api/today"],
  get_trend_csv: ["GET", "/api/reports/trends.csv"],
  get_trend_report: ["GET", "/api/reports/trends"],
  get_trend_xlsx: ["GET", "/api/reports/trends.xlsx"],
  get_trends: ["GET", "/api/dashboard/trends"],
  get_webhook: ["GET", "/api/webhooks/{id}"],
  get_webhook_delivery: ["GET", "/api/webhooks/{id}/deliveries/{event_id}"],
  google_begin: ["GET", "/api/auth/google"],
  google_end: ["GET", "/api/auth/google/callback"],
  hand_over_account: ["POST", "/api/team/{id}/ownership"],
  invite_business: ["POST", "/api/hub/clients/{id}/onboarding-email"],
  invite_member: ["POST", "/api/team/invitations"],
  list_api_keys: ["GET", "/api/api-keys"],
  list_approvals: ["GET", "/api/approvals"],
  list_audit: ["GET", "/api/audit"],
  list_bulk_jobs: ["GET", "/api/bulk-jobs"],
  list_businesses: ["GET", "/api/hub/clients"],
  list_client_journeys: ["GET", "/api/clients/{id}/journeys"],
  list_client_tasks: ["GET", "/api/clients/{id}/tasks"],
  list_clients: ["GET", "/api/clients"],
  list_contact_points: ["GET", "/api/clients/{id}/contact-points"],
  list_custom_fields: ["GET", "/api/custom-fields"],
  list_devices: ["GET", "/api/auth/devices"],
  list_documents: ["GET", "/api/contacts/{id}/documents"],
  list_duplicates: ["GET", "/api/contacts/duplicates"],
  list_email_logs: ["GET", "/api/hub/email-logs"],
  list_email_templates: ["GET", "/api/hub/email-templates"],
  list_emails: ["GET", "/api/emails"],
  list_erasures: ["GET", "/api/erasures"],
  list_imports: ["GET", "/api/imports"],
  list_jobs: ["GET", "/api/jobs"],
  list_journey_templates: ["GET", "/api/journey-templates"],
  list_journeys: ["GET", "/api/journeys"],
  list_notes: ["GET", "/api/contacts/{id}/notes"],
  list_notifications: ["GET", "/api/notifications"],
  list_own_accounts: ["GET", "/api/auth/accounts"],
  list_own_calendars: ["GET", "/api/calendar/{realtorId}/calendars"],
  list_passkeys: ["GET", "/api/auth/passkeys"],
  list_public_links: ["GET", "/api/public-links"],
  list_received_emails: ["GET", "/api/emails/received"],
  list_sessions: ["GET", "/api/auth/sessions"],
  list_stage_rules: ["GET", "/api/stage-rules"],
  list_stage_suggestions: ["GET", "/api/stage-suggestions"],
  list_tags: ["GET", "/api/tags"],
  list_tasks: ["GET", "/api/tasks"],
  list_team: ["GET", "/api/team"],
  list_template_variables: ["GET", "/api/templates/variables"],
  list_templates: ["GET", "/api/templates"],
  list_trash: ["GET", "/api/trash"],
  list_views: ["GET", "/api/views"],
  list_webhook_deliveries: ["GET", "/api/webhooks/{id}/deliveries"],
  list_webhooks: ["GET", "/api/webhooks"],
  mailgun_event: ["POST", "/api/webhooks/mailgun"],
  make_api_key: ["POST", "/api/api-keys"],
  merge_contacts: ["POST", "/api/contacts/{id}/merge"],
  move_clients: ["POST", "/api/clients/bulk/stage"],
  passkey_login: ["POST", "/api/auth/passkeys/login"],
  passkey_login_options: ["POST", "/api/auth/passkeys/login/options"],
  passkey_options: ["POST", "/api/auth/passkeys/options"],
  pause_journey: ["POST", "/api/journeys/{id}/pause"],
  preview_email: ["POST", "/api/emails/preview"],
  preview_email_template: ["POST", "/api/hub/email-templates/{email_type}/preview"],
  preview_template: ["POST", "/api/templates/preview"],
  prove: ["POST", "/api/auth/prove"],
  put_all_notifications_read: ["PUT", "/api/notifications/read-all"],
  put_notification_read: ["PUT", "/api/notifications/{id}/read"],
  read_all_notifications: ["POST", "/api/notifications/read-all"],
  read_notification: ["POST", "/api/notifications/{id}/read"],
  refresh_session: ["POST", "/api/auth/refresh"],
  reject: ["POST", "/api/approvals/{id}/reject"],
  remove_brand_asset: ["DELETE", "/api/onboarding/me/brand-assets/{id}"],
  remove_business: ["DELETE", "/api/hub/clients/{id}"],
  remove_invited_brand_asset: ["DELETE", "/api/onboarding/{token}/brand-assets/{id}"],
  remove_member: ["DELETE", "/api/team/{id}"],
  remove_passkey: ["DELETE", "/api/auth/passkeys/{id}"],
  remove_totp: ["DELETE", "/api/auth/mfa/totp"],
  rename_tag: ["POST", "/api/tags/rename"],
  renew_recovery_codes: ["POST", "/api/auth/mfa/recovery-codes"],
  replay_failed_deliveries: ["POST", "/api/webhooks/{id}/replay"],
  replay_webhook_delivery: ["POST", "/api/webhooks/{id}/deliveries/{event_id}/replay"],
  resend_mfa: ["POST", "/api/auth/mfa/resend"],
  resend_verification: ["POST", "/api/auth/resend-verification"],
  reset_email_template: ["DELETE", "/api/hub/email-templates/{email_type}"],
  reset_password: ["POST", "/api/auth/reset-password"],
  restore_client: ["POST", "/api/clients/{id}/restore"],
  restore_clients: ["POST", "/api/clients/bulk/restore"],
  restore_document: ["POST", "/api/contacts/{id}/documents/{document_id}/restore"],
  restore_journey_template: ["POST", "/api/journey-templates/{id}/restore"],
  restore_note: ["POST", "/api/contacts/{id}/notes/{note_id}/restore"],
  restore_stage_rule: ["POST", "/api/stage-rules/{id}/restore"],
  restore_template: ["POST", "/api/templates/{id}/restore"],
  resume_journey: ["POST", "/api/journeys/{id}/resume"],
  retry_email: ["POST", "/api/emails/{id}/retry"],
  retry_emails: ["POST", "/api/emails/retry"],
  retry_job: ["POST", "/api/jobs/{id}/retry"],
  retry_task: ["POST", "/api/tasks/{id}/retry"],
  revoke_api_key: ["DELETE", "/api/api-keys/{id}"],
  revoke_invitation: ["DELETE", "/api/team/invitations/{id}"],
  rewrite_approval: ["POST", "/api/approvals/{id}/rewrite"],
  rotate_webhook_secret: ["POST", "/api/webhooks/{id}/rotate-secret"],
  save_onboarding_draft: ["POST", "/api/onboarding/{token}/draft"],
  save_onboarding_step: ["POST", "/api/onboarding/{token}/step"],
  save_own_onboarding_draft: ["POST", "/api/onboarding/me/draft"],
  save_own_onboarding_step: ["POST", "/api/onboarding/me/step"],
  search: ["GET", "/api/search"],
  send_email: ["POST", "/api/emails/send"],
  send_task_now: ["POST", "/api/tasks/{id}/send-now"],
  send_test_email: ["POST", "/api/hub/email/test"],
  sendgrid_events: ["POST", "/webhook/sendgrid"],
  sendgrid_inbound: ["POST", "/webhook/sendgrid/inbound"],
  set_onboarding_plan: ["PUT", "/api/hub/onboarding-plan"],
  sign_in: ["POST", "/api/auth/login"],
  sign_out: ["POST", "/api/auth/logout"],
  sign_out_everywhere: ["POST", "/api/auth/logout-all"],
  sign_up: ["POST", "/api/auth/register"],
  skip_person: ["POST", "/api/today/skips"],
  start_bulk: ["POST", "/api/contacts/bulk"],
  start_import: ["POST", "/api/imports/{id}/start"],
  start_journey: ["POST", "/api/clients/{id}/journeys"],
  start_totp: ["POST", "/api/auth/mfa/totp"],
  stop_journey: ["POST", "/api/journeys/{id}/stop"],
  switch_account: ["POST", "/api/auth/switch-account"],
  test_webhook: ["POST", "/api/webhooks/{id}/test"],
  touch_person: ["POST", "/api/today/touches"],
  undo_bulk_job: ["POST", "/api/bulk-jobs/{id}/undo"],
  undo_import: ["POST", "/api/imports/{id}/undo"],
  undo_merge: ["POST", "/api/contacts/merges/{id}/undo"],
  undo_stage_suggestion: ["POST", "/api/stage-suggestions/{id}/undo"],
  unskip_person: ["DELETE", "/api/today/skips/{client_id}"],
  update_business: ["PATCH", "/api/hub/clients/{id}"],
  update_client: ["PATCH", "/api/clients/{id}"],
  update_custom_field: ["PATCH", "/api/custom-fields/{id}"],
  update_journey_template: ["PATCH", "/api/journey-templates/{id}"],
  update_me: ["PATCH", "/api/auth/me"],
  update_member: ["PATCH", "/api/team/{id}"],
  update_retention: ["PATCH", "/api/retention"],
  update_settings: ["PATCH", "/api/settings"],
  update_stage_rule: ["PATCH", "/api/stage-rules/{id}"],
  update_task: ["PATCH", "/api/tasks/{id}"],
  update_tasks: ["PATCH", "/api/tasks/bulk"],
  update_template: ["PATCH", "/api/templates/{id}"],
  update_view: ["PATCH", "/api/views/{id}"],
  update_webhook: ["PATCH", "/api/webhooks/{id}"],
  verify_audit: ["GET", "/api/audit/verify"],
  verify_email: ["POST", "/api/auth/verify-email"],
  verify_mfa: ["POST", "/api/auth/verify-mfa"],
  verify_mfa_alias: ["POST", "/api/auth/mfa/verify"],
  write_email_template: ["PUT", "/api/hub/email-templates/{email_type}"],
} as const satisfies Record<keyof Operations, readonly [string, string]>;

/** Who may call an operation, where not every member may. */
export const roles = {
  activate_business: ["owner", "admin"],
  add_brand_asset: ["owner", "admin", "staff"],
  add_custom_field: ["owner", "admin", "agent"],
  complete_onboarding: ["owner", "admin", "staff"],
  create_business: ["owner", "admin"],
  create_webhook: ["owner", "admin"],
  delete_custom_field: ["owner", "admin", "agent"],
  delete_job: ["owner", "admin", "staff", "agent"],
  delete_webhook: ["owner", "admin"],
  erase_contact: ["owner", "admin"],
  export_account: ["owner", "admin"],
  export_audit: ["owner", "admin"],
  export_webhook_deliveries_csv: ["owner", "admin"],
  export_webhook_deliveries_xlsx: ["owner", "admin"],
  get_api_key: ["owner", "admin", "agent"],
  get_business: ["owner", "admin", "staff"],
  get_email_log: ["owner", "admin"],
  get_email_stats: ["owner", "admin"],
  get_email_template: ["owner", "admin"],
  get_onboarding_plan: ["owner", "admin", "staff"],
  get_status: ["owner", "admin"],
  get_webhook: ["owner", "admin"],
  get_webhook_delivery: ["owner", "admin"],
  hand_over_account: ["owner", "admin"],
  invite_business: ["owner", "admin"],
  invite_member: ["owner", "admin"],
  list_api_keys: ["owner", "admin", "agent"],
  list_audit: ["owner", "admin"],
  list_businesses: ["owner", "admin", "staff"],
  list_email_logs: ["owner", "admin"],
  list_email_templates: ["owner", "admin"],
  list_erasures: ["owner", "admin"],
  list_webhook_deliveries: ["owner", "admin"],
  list_webhooks: ["owner", "admin"],
  make_api_key: ["owner", "admin", "agent"],
  preview_email_template: ["owner", "admin"],
  remove_brand_asset: ["owner", "admin", "staff"],
  remove_business: ["owner", "admin"],
  remove_member: ["owner", "admin"],
  replay_failed_deliveries: ["owner", "admin"],
  replay_webhook_delivery: ["owner", "admin"],
  reset_email_template: ["owner", "admin"],
  retry_job: ["owner", "admin", "staff", "agent"],
  revoke_api_key: ["owner", "admin", "agent"],
  revoke_invitation: ["owner", "admin"],
  rotate_webhook_secret: ["owner", "admin"],
  save_own_onboarding_draft: ["owner", "admin", "staff"],
  save_own_onboarding_step: ["owner", "admin", "staff"],
  send_test_email: ["owner", "admin"],
  set_onboarding_plan: ["owner", "admin"],
  test_webhook: ["owner", "admin"],
  update_business: ["owner", "admin"],
  update_custom_field: ["owner", "admin", "agent"],
  update_member: ["owner", "admin"],
  update_retention: ["owner", "admin"],
  update_settings: ["owner", "admin"],
  update_webhook: ["owner", "admin"],
  verify_audit: ["owner", "admin"],
  write_email_template: ["owner", "admin"],
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
  BoardColumn: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  BrandAsset: {
    kind: ["logo", "style_guide", "photo", "other"],
  },
  BulkFilter: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  BulkJob: {
    action: ["stage", "add_tag", "remove_tag", "rename_tag", "assign", "delete"],
    state: ["running", "done", "undoing", "undone"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  BulkStage: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  BusinessProfile: {
    website_access_status: ["not_sure", "someone_else_will_provide", "provided", "will_provide", "need_help"],
    ga4_access_status: ["no_ga4_setup", "agency_controls_ga4", "not_ga4", "provided", "will_provide", "not_running_ga4", "need_help"],
    google_ads_access_status: ["no_google_ads_account", "no_google_ads_history", "not_sure", "agency_owns_google_ads", "provided", "will_provide", "not_running_google_ads", "need_help"],
    meta_access_status: ["not_sure", "no_social_accounts", "no_meta_ads_history", "agency_owns_ad_account", "provided_access", "will_provide_access", "not_running_meta", "need_help"],
    website_forms_details_status: ["provided", "will_provide", "need_help"],
    calendar_status: ["connected", "later"],
  },
  CalendarConnection: {
    state: ["none", "connected", "reconnect_needed"],
  },
  CalendarFilter: {
    status: ["pending", "completed", "skipped", "cancelled"],
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
  ColumnChoice: {
    rule: ["fill", "overwrite", "never"],
  },
  ConsentStart: {
    return_to: ["onboarding", "settings"],
  },
  ContactPoint: {
    kind: ["email", "phone"],
  },
  CustomField: {
    type: ["text", "number", "date", "boolean", "choice", "url"],
  },
  Delivery: {
    state: ["pending", "delivered", "failed"],
  },
  DeliveryDetail: {
    state: ["pending", "delivered", "failed"],
  },
  DeliveryFilter: {
    state: ["pending", "delivered", "failed"],
  },
  EmailCount: {
    email_type: ["onboarding_invite", "onboarding_complete", "onboarding_reminder", "password_reset", "form_submission", "rush_job_notification", "blog_notification", "document_review", "verify_email", "sign_in_code", "security_alert", "team_invitation", "account_activated", "digest", "summary"],
    status: ["pending", "sent", "delivered", "opened", "clicked", "failed", "bounced", "complained"],
  },
  EmailDetail: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
    source: ["ai", "template", "person"],
  },
  EmailFilter: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
  },
  EmailLog: {
    email_type: ["onboarding_invite", "onboarding_complete", "onboarding_reminder", "password_reset", "form_submission", "rush_job_notification", "blog_notification", "document_review", "verify_email", "sign_in_code", "security_alert", "team_invitation", "account_activated", "digest", "summary"],
    status: ["pending", "sent", "delivered", "opened", "clicked", "failed", "bounced", "complained"],
  },
  EmailLogDetail: {
    email_type: ["onboarding_invite", "onboarding_complete", "onboarding_reminder", "password_reset", "form_submission", "rush_job_notification", "blog_notification", "document_review", "verify_email", "sign_in_code", "security_alert", "team_invitation", "account_activated", "digest", "summary"],
    status: ["pending", "sent", "delivered", "opened", "clicked", "failed", "bounced", "complained"],
  },
  EmailLogFilter: {
    email_type: ["onboarding_invite", "onboarding_complete", "onboarding_reminder", "password_reset", "form_submission", "rush_job_notification", "blog_notification", "document_review", "verify_email", "sign_in_code", "security_alert", "team_invitation", "account_activated", "digest", "summary"],
    status: ["pending", "sent", "delivered", "opened", "clicked", "failed", "bounced", "complained"],
  },
  EmailSummary: {
    status: ["queued", "sent", "delivered", "opened", "clicked", "bounced", "failed", "dropped", "spamreport", "deferred"],
    source: ["ai", "template", "person"],
  },
  ExportFilter: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    sort: ["-created_at", "created_at", "name", "-name", "last_contacted", "-last_contacted"],
  },
  FollowUpTask: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    status: ["pending", "completed", "skipped", "cancelled"],
    priority: ["high", "medium", "low"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  HubClient: {
    website_access_status: ["not_sure", "someone_else_will_provide", "provided", "will_provide", "need_help"],
    ga4_access_status: ["no_ga4_setup", "agency_controls_ga4", "not_ga4", "provided", "will_provide", "not_running_ga4", "need_help"],
    google_ads_access_status: ["no_google_ads_account", "no_google_ads_history", "not_sure", "agency_owns_google_ads", "provided", "will_provide", "not_running_google_ads", "need_help"],
    meta_access_status: ["not_sure", "no_social_accounts", "no_meta_ads_history", "agency_owns_ad_account", "provided_access", "will_provide_access", "not_running_meta", "need_help"],
    website_forms_details_status: ["provided", "will_provide", "need_help"],
    calendar_status: ["connected", "later"],
    client_package: ["Essentials", "Growth", "Accelerate", "Custom"],
  },
  HubClientPatch: {
    client_package: ["Essentials", "Growth", "Accelerate", "Custom"],
    website_access_status: ["not_sure", "someone_else_will_provide", "provided", "will_provide", "need_help"],
    ga4_access_status: ["no_ga4_setup", "agency_controls_ga4", "not_ga4", "provided", "will_provide", "not_running_ga4", "need_help"],
    google_ads_access_status: ["no_google_ads_account", "no_google_ads_history", "not_sure", "agency_owns_google_ads", "provided", "will_provide", "not_running_google_ads", "need_help"],
    meta_access_status: ["not_sure", "no_social_accounts", "no_meta_ads_history", "agency_owns_ad_account", "provided_access", "will_provide_access", "not_running_meta", "need_help"],
    website_forms_details_status: ["provided", "will_provide", "need_help"],
  },
  HubFilter: {
    state: ["not_invited", "invited", "in_progress", "completed", "active"],
  },
  Import: {
    source: ["generic", "follow_up_boss", "hubspot", "lofty", "twenty"],
    state: ["mapping", "checking", "checked", "running", "done", "undoing", "undone"],
    match_by: ["likely", "email_or_phone", "email"],
  },
  ImportColumn: {
    rule: ["fill", "overwrite", "never"],
  },
  ImportDefaultsInput: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    property_type: ["residential", "commercial", "land", "other"],
  },
  ImportDefaults: {
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    property_type: ["residential", "commercial", "land", "other"],
  },
  ImportPatch: {
    match_by: ["likely", "email_or_phone", "email"],
  },
  InvitationOffer: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
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
  KeptFor: {
    reason: ["merged", "emails", "notes", "stage", "follow_ups", "documents", "changed", "partly", "deleted"],
  },
  LanguageChoice: {
    language: ["en", "es"],
  },
  LetterTemplate: {
    email_type: ["onboarding_invite", "onboarding_complete", "onboarding_reminder", "password_reset", "form_submission", "rush_job_notification", "blog_notification", "document_review", "verify_email", "sign_in_code", "security_alert", "team_invitation", "account_activated", "digest", "summary"],
    language: ["en", "es"],
    author: ["product", "agency", "account"],
  },
  LetterTemplateFilter: {
    language: ["en", "es"],
  },
  LetterTestRequest: {
    email_type: ["onboarding_invite", "onboarding_complete", "onboarding_reminder", "password_reset", "form_submission", "rush_job_notification", "blog_notification", "document_review", "verify_email", "sign_in_code", "security_alert", "team_invitation", "account_activated", "digest", "summary"],
    language: ["en", "es"],
  },
  Me: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  MergeChoices: {
    name: ["this", "other"],
    email: ["this", "other"],
    phone: ["this", "other"],
    property_address: ["this", "other"],
    property_type: ["this", "other"],
    stage: ["this", "other"],
    notes: ["this", "other"],
    zone: ["this", "other"],
    assigned_to: ["this", "other"],
    custom_fields: ["this", "other"],
  },
  MfaRequired: {
    mfaType: ["email_otp", "totp"],
    reason: ["new_device", "new_country", "new_network", "impossible_travel", "inactivity", "failures", "second_factor"],
  },
  NewBulkJob: {
    action: ["stage", "add_tag", "remove_tag", "rename_tag", "assign", "delete"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewClient: {
    property_type: ["residential", "commercial", "land", "other"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewCustomField: {
    type: ["text", "number", "date", "boolean", "choice", "url"],
  },
  NewHubClient: {
    client_package: ["Essentials", "Growth", "Accelerate", "Custom"],
    website_access_status: ["not_sure", "someone_else_will_provide", "provided", "will_provide", "need_help"],
    ga4_access_status: ["no_ga4_setup", "agency_controls_ga4", "not_ga4", "provided", "will_provide", "not_running_ga4", "need_help"],
    google_ads_access_status: ["no_google_ads_account", "no_google_ads_history", "not_sure", "agency_owns_google_ads", "provided", "will_provide", "not_running_google_ads", "need_help"],
    meta_access_status: ["not_sure", "no_social_accounts", "no_meta_ads_history", "agency_owns_ad_account", "provided_access", "will_provide_access", "not_running_meta", "need_help"],
    website_forms_details_status: ["provided", "will_provide", "need_help"],
  },
  NewJourneyTemplate: {
    starts: ["new_client", "stage_entered", "by_hand"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  NewStageRule: {
    trigger: ["replied", "booked", "opened", "clicked", "silent", "task_completed"],
    from_stages: ["lead", "negotiating", "under_contract", "closed", "lost"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    action: ["suggest", "move"],
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
  NewTeamInvitation: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  NewTemplate: {
    language: ["en", "es"],
  },
  NewTouch: {
    channel: ["email", "sms", "whatsapp", "call", "note"],
  },
  NewView: {
    object: ["clients", "tasks", "emails", "leads", "bookings", "items"],
    layout: ["table", "board", "calendar", "cards"],
  },
  NextStep: {
    channel: ["email", "sms", "whatsapp", "call", "note"],
    mode: ["automatic", "approve", "manual"],
  },
  NotificationChoice: {
    way: ["off", "in_app", "email"],
  },
  NotificationFilter: {
    language: ["en", "es"],
  },
  NotificationPreference: {
    way: ["off", "in_app", "email"],
  },
  NotificationPreferences: {
    digest: ["off", "daily", "weekly"],
    language: ["en", "es"],
  },
  NotificationPreferencesPatch: {
    digest: ["off", "daily", "weekly"],
    language: ["en", "es"],
  },
  OnboardingProgress: {
    state: ["not_invited", "invited", "in_progress", "completed", "active"],
  },
  OnboardingStep: {
    key: ["profile", "services", "brand", "website", "ga4", "google_ads", "meta", "forms", "calendar"],
  },
  OnboardingStepInput: {
    step: ["profile", "services", "brand", "website", "ga4", "google_ads", "meta", "forms", "calendar"],
  },
  OnboardingWizard: {
    state: ["not_invited", "invited", "in_progress", "completed", "active"],
  },
  OwnAccount: {
    kind: ["agency", "business"],
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  PlannedStepInput: {
    key: ["profile", "services", "brand", "website", "ga4", "google_ads", "meta", "forms", "calendar"],
  },
  PlannedStep: {
    key: ["profile", "services", "brand", "website", "ga4", "google_ads", "meta", "forms", "calendar"],
  },
  Preview: {
    source: ["ai", "template"],
  },
  ReceivedEmail: {
    kind: ["reply", "auto_reply", "out_of_office", "bounce"],
  },
  ReceivedFilter: {
    kind: ["reply", "auto_reply", "out_of_office", "bounce"],
  },
  ReportFilter: {
    by: ["day", "week", "month"],
  },
  Settings: {
    language: ["en", "es"],
  },
  SettingsPatch: {
    language: ["en", "es"],
  },
  StageChange: {
    from: ["lead", "negotiating", "under_contract", "closed", "lost"],
    to: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  StageRule: {
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
  Step: {
    followup_type: ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1", "Custom"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    priority: ["high", "medium", "low"],
    mode: ["automatic", "approve", "manual"],
  },
  SuggestionFilter: {
    status: ["open", "accepted", "dismissed", "done", "undone", "outdated"],
  },
  TaskChange: {
    status: ["pending", "completed", "skipped", "cancelled"],
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
  TeamInvitation: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  TeamList: {
    roles: ["owner", "admin", "staff", "agent", "assistant"],
  },
  TeamMember: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  TeamMemberPatch: {
    role: ["owner", "admin", "staff", "agent", "assistant"],
  },
  Template: {
    language: ["en", "es"],
  },
  TemplateFilter: {
    language: ["en", "es"],
  },
  TemplatePatch: {
    language: ["en", "es"],
  },
  TodayItem: {
    kind: ["approve", "failed", "task", "suggestion", "reach_out"],
    stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
    channel: ["email", "sms", "whatsapp", "call", "note"],
    to_stage: ["lead", "negotiating", "under_contract", "closed", "lost"],
  },
  View: {
    object: ["clients", "tasks", "emails", "leads", "bookings", "items"],
    layout: ["table", "board", "calendar", "cards"],
  },
  ViewFilter: {
    object: ["clients", "tasks", "emails", "leads", "bookings", "items"],
  },
  ViewPatch: {
    layout: ["table", "board", "calendar", "cards"],
  },
  Warning: {
    concern: ["fair_housing", "invented_fact"],
  },
} as const;

/** What each request body demands, by schema and field. */
export const rules = {
  AccountChoice: {
    account_id: { required: true, format: "uuid" },
  },
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
  CalendarChoice: {
    booking_calendar_id: { minLength: 1, maxLength: 300 },
    busy_calendar_ids: {},
  },
  CheckRequest: {
    client_id: { required: true, format: "uuid" },
    task_id: { format: "uuid" },
    subject: { required: true, maxLength: 200 },
    body: { required: true, maxLength: 100000 },
    agent_instructions: { maxLength: 500 },
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
    assigned_to: { format: "uuid" },
    after: { format: "uuid" },
    before: { format: "uuid" },
    stage_reason: { maxLength: 200 },
  },
  CustomFieldPatch: {
    label: { minLength: 1, maxLength: 80 },
    choices: {},
    position: { minimum: 0, maximum: 1000 },
  },
  DistinctPair: {
    id: { required: true, format: "uuid" },
    other_id: { required: true, format: "uuid" },
  },
  DraftPatch: {
    subject: { minLength: 1, maxLength: 200 },
    body: { minLength: 1, maxLength: 20000 },
  },
  EmailedToken: {
    token: { required: true, maxLength: 200, format: "password" },
  },
  EraseRequest: {
    reason: { required: true, maxLength: 500 },
  },
  FactorCode: {
    code: { required: true, minLength: 1, maxLength: 40 },
  },
  FillRequest: {
    subject: { required: true, minLength: 1, maxLength: 200 },
    body: { required: true, minLength: 1, maxLength: 10000 },
    client_id: { format: "uuid" },
  },
  ForEmail: {
    email: { required: true, maxLength: 254, format: "email" },
  },
  HubClientPatch: {
    display_name: { minLength: 1, maxLength: 100 },
    phone: { minLength: 3, maxLength: 20, format: "phone" },
    client_type: { maxLength: 60 },
    client_subtype: { maxLength: 60 },
    client_package: {},
    account_manager_id: { format: "uuid" },
    call_tracking_main_number: { maxLength: 40 },
    front_desk_emails: { maxLength: 500 },
    form_email_recipients: { maxLength: 500 },
    office_admin_name: { maxLength: 100 },
    office_admin_email: { maxLength: 254, format: "email" },
    office_admin_phone: { minLength: 3, maxLength: 20, format: "phone" },
    client_identifier_value: { maxLength: 100 },
    monthly_revenue_goal: { minLength: 1, maxLength: 13 },
    business_name: { minLength: 1, maxLength: 100 },
    business_description: { maxLength: 4000 },
    primary_brand_colors: { maxLength: 300 },
    brand_notes: { maxLength: 4000 },
    website_url: { maxLength: 300 },
    website_access_status: {},
    ga4_access_status: {},
    google_ads_access_status: {},
    google_ads_account_id: { maxLength: 20 },
    meta_access_status: {},
    website_forms_details_status: {},
    requires_website_access: {},
    requires_ga4_access: {},
    requires_google_ads_access: {},
    requires_meta_access: {},
    requires_forms_step: {},
    email: { maxLength: 254, format: "email" },
    name: { minLength: 1, maxLength: 100 },
  },
  ImportPatch: {
    columns: {},
    defaults: {},
    match_by: {},
  },
  InvitationAcceptance: {
    name: { required: true, minLength: 1, maxLength: 100 },
    password: { required: true, maxLength: 1024, format: "password" },
  },
  JourneyTemplatePatch: {
    name: { minLength: 1, maxLength: 80 },
    starts: {},
    stage: {},
    active: {},
    steps: {},
  },
  LetterTestRequest: {
    to: { required: true, maxLength: 254, format: "email" },
    email_type: { required: true },
    language: {},
  },
  LetterWords: {
    subject: { required: true, minLength: 1, maxLength: 200 },
    body: { required: true, minLength: 1, maxLength: 10000 },
  },
  Login: {
    email: { required: true, maxLength: 254, format: "email" },
    password: { required: true, maxLength: 1024, format: "password" },
    deviceId: { maxLength: 200 },
    deviceFingerprint: { maxLength: 500 },
    trustDevice: {},
  },
  MePatch: {
    name: { minLength: 1, maxLength: 100 },
  },
  MergeRequest: {
    other_id: { required: true, format: "uuid" },
    choices: {},
  },
  MfaCode: {
    challengeId: { required: true, minLength: 1, maxLength: 200 },
    code: { required: true, minLength: 1, maxLength: 40 },
    trustDevice: {},
  },
  MfaResend: {
    challengeId: { required: true, minLength: 1, maxLength: 200 },
  },
  NewApiKey: {
    name: { required: true, minLength: 1, maxLength: 100 },
    scopes: { required: true },
  },
  NewBulkJob: {
    action: { required: true },
    ids: {},
    filter: {},
    stage: {},
    tag: { minLength: 1, maxLength: 40 },
    to: { minLength: 1, maxLength: 40 },
    assigned_to: { format: "uuid" },
    reason: { maxLength: 200 },
  },
  NewClient: {
    name: { required: true, minLength: 1, maxLength: 100 },
    email: { maxLength: 254, format: "email" },
    phone: { minLength: 3, maxLength: 20, format: "phone" },
    property_address: { required: true, minLength: 1, maxLength: 200 },
    property_type: { required: true },
    stage: { required: true },
    notes: { maxLength: 1000 },
    custom_fields: {},
    tags: {},
    zone: {},
    assigned_to: { format: "uuid" },
  },
  NewContactPoint: {
    email: { maxLength: 254, format: "email" },
    phone: { minLength: 3, maxLength: 20, format: "phone" },
  },
  NewCustomField: {
    label: { required: true, minLength: 1, maxLength: 80 },
    key: { minLength: 1, maxLength: 50 },
    type: { required: true },
    choices: {},
  },
  NewHubClient: {
    display_name: { minLength: 1, maxLength: 100 },
    phone: { minLength: 3, maxLength: 20, format: "phone" },
    client_type: { maxLength: 60 },
    client_subtype: { maxLength: 60 },
    client_package: {},
    account_manager_id: { format: "uuid" },
    call_tracking_main_number: { maxLength: 40 },
    front_desk_emails: { maxLength: 500 },
    form_email_recipients: { maxLength: 500 },
    office_admin_name: { maxLength: 100 },
    office_admin_email: { maxLength: 254, format: "email" },
    office_admin_phone: { minLength: 3, maxLength: 20, format: "phone" },
    client_identifier_value: { maxLength: 100 },
    monthly_revenue_goal: { minLength: 1, maxLength: 13 },
    business_name: { minLength: 1, maxLength: 100 },
    business_description: { maxLength: 4000 },
    primary_brand_colors: { maxLength: 300 },
    brand_notes: { maxLength: 4000 },
    website_url: { maxLength: 300 },
    website_access_status: {},
    ga4_access_status: {},
    google_ads_access_status: {},
    google_ads_account_id: { maxLength: 20 },
    meta_access_status: {},
    website_forms_details_status: {},
    requires_website_access: {},
    requires_ga4_access: {},
    requires_google_ads_access: {},
    requires_meta_access: {},
    requires_forms_step: {},
    email: { required: true, maxLength: 254, format: "email" },
    name: { required: true, minLength: 1, maxLength: 100 },
    zone: {},
    send_invitation: {},
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
  NewPasskey: {
    id: { required: true, minLength: 1, maxLength: 1400 },
    response: { required: true },
    name: { minLength: 1, maxLength: 60 },
  },
  NewSkip: {
    client_id: { required: true, format: "uuid" },
    reason: { minLength: 1, maxLength: 200 },
  },
  NewStageRule: {
    name: { required: true, minLength: 1, maxLength: 80 },
    trigger: { required: true },
    threshold: { minimum: 1, maximum: 3650 },
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
  NewTeamInvitation: {
    email: { required: true, maxLength: 254, format: "email" },
    role: { required: true },
    name: { minLength: 1, maxLength: 100 },
  },
  NewTemplate: {
    name: { required: true, minLength: 1, maxLength: 100 },
    language: {},
    subject: { required: true, minLength: 1, maxLength: 200 },
    body: { required: true, minLength: 1, maxLength: 10000 },
  },
  NewTouch: {
    client_id: { required: true, format: "uuid" },
    channel: { required: true },
    notes: { maxLength: 500 },
  },
  NewView: {
    object: { required: true },
    name: { required: true, minLength: 1, maxLength: 80 },
    shared: {},
    filters: {},
    sort: { minLength: 1, maxLength: 60 },
    columns: {},
    layout: {},
    favourite: {},
    is_default: {},
  },
  NewWebhook: {
    url: { required: true, maxLength: 500, format: "uri" },
    description: { minLength: 1, maxLength: 200 },
    event_types: {},
  },
  NoteInput: {
    body: { required: true, minLength: 1, maxLength: 10000 },
  },
  NotificationPreferencesPatch: {
    digest: {},
    language: {},
    weekly_summary: {},
    monthly_summary: {},
    kinds: {},
  },
  OnboardingActivation: {
    display_name: { required: true, minLength: 1, maxLength: 100 },
    password: { required: true, maxLength: 1024, format: "password" },
  },
  OnboardingDraft: {
    draft: { required: true },
  },
  OnboardingPlanInput: {
    steps: { required: true },
  },
  OnboardingStepInput: {
    step: { required: true },
    data: { required: true },
  },
  PasskeyLogin: {
    id: { required: true, minLength: 1, maxLength: 1400 },
    response: { required: true },
  },
  PasswordChange: {
    current_password: { required: true, maxLength: 1024, format: "password" },
    new_password: { required: true, maxLength: 1024, format: "password" },
  },
  PasswordReset: {
    token: { required: true, maxLength: 200, format: "password" },
    password: { required: true, maxLength: 1024, format: "password" },
  },
  PreviewRequest: {
    client_id: { required: true, format: "uuid" },
    task_id: { format: "uuid" },
    agent_instructions: { maxLength: 500 },
    template_id: { format: "uuid" },
  },
  Proof: {
    password: { maxLength: 1024, format: "password" },
    code: { minLength: 1, maxLength: 40 },
  },
  RejectRequest: {
    reason: { minLength: 1, maxLength: 200 },
  },
  RenameTag: {
    tag: { required: true, minLength: 1, maxLength: 40 },
    to: { required: true, minLength: 1, maxLength: 40 },
  },
  ReplayRequest: {
    since: { required: true, format: "date-time" },
  },
  RetentionPatch: {
    trash_days: { required: true, minimum: 1, maximum: 365 },
  },
  RewriteRequest: {
    agent_instructions: { maxLength: 500 },
  },
  Rotation: {
    old_valid_hours: { minimum: 0, maximum: 168 },
  },
  SendRequest: {
    client_id: { required: true, format: "uuid" },
    task_id: { format: "uuid" },
    to_email: { maxLength: 254, format: "email" },
    subject: { minLength: 1, maxLength: 200 },
    body: { minLength: 1, maxLength: 100000 },
    agent_instructions: { maxLength: 500 },
    template_id: { format: "uuid" },
    undo_seconds: { minimum: 0, maximum: 300 },
    answers_id: { format: "uuid" },
  },
  SettingsPatch: {
    name: { minLength: 1, maxLength: 100 },
    language: {},
    zone: {},
    agent_name: { minLength: 1, maxLength: 100 },
    agent_title: { minLength: 1, maxLength: 100 },
    agent_phone: { minLength: 3, maxLength: 20, format: "phone" },
    website: { maxLength: 200, format: "uri" },
    from_name: { minLength: 1, maxLength: 100 },
    reply_to: { maxLength: 254, format: "email" },
    signature: { minLength: 1, maxLength: 1000 },
    postal_address: { minLength: 1, maxLength: 300 },
    send_from: { pattern: "^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$" },
    send_until: { pattern: "^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$" },
    daily_cap: { minimum: 1, maximum: 50 },
  },
  SignUp: {
    name: { required: true, minLength: 1, maxLength: 100 },
    email: { required: true, maxLength: 254, format: "email" },
    password: { required: true, maxLength: 1024, format: "password" },
    account_name: { minLength: 1, maxLength: 100 },
    zone: {},
  },
  StageRulePatch: {
    name: { minLength: 1, maxLength: 80 },
    trigger: {},
    threshold: { minimum: 1, maximum: 3650 },
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
  TeamMemberPatch: {
    role: {},
    active: {},
  },
  TemplatePatch: {
    name: { minLength: 1, maxLength: 100 },
    language: {},
    subject: { minLength: 1, maxLength: 200 },
    body: { minLength: 1, maxLength: 10000 },
  },
  ViewPatch: {
    name: { minLength: 1, maxLength: 80 },
    shared: {},
    filters: {},
    sort: { minLength: 1, maxLength: 60 },
    columns: {},
    layout: {},
    favourite: {},
    is_default: {},
  },
  WebhookPatch: {
    url: { maxLength: 500, format: "uri" },
    description: { minLength: 1, maxLength: 200 },
    event_types: {},
    enabled: {},
  },
} as const;
