import type { ComponentType } from "react";

/** An address below its parent's, and the page that is loaded when it is first opened, with the later words unless the first
 *  ones are enough. */
export type Room = readonly [path: string, load: () => Promise<ComponentType>, words?: "first words"];

/** The rooms of the console. */
export const consoleRooms: readonly Room[] = [
  ["today", () => import("@/features/today/today-page").then((module) => module.TodayPage), "first words"],
  ["dashboard", () => import("@/features/dashboard/dashboard-page").then((module) => module.DashboardPage), "first words"],
  ["reports", () => import("@/features/reports/reports-page").then((module) => module.ReportsPage)],
  ["people", () => import("@/features/people/people-page").then((module) => module.PeoplePage), "first words"],
  ["pipeline", () => import("@/features/people/pipeline-page").then((module) => module.PipelinePage)],
  ["people/duplicates", () => import("@/features/people/duplicates-page").then((module) => module.DuplicatesPage)],
  ["people/imports", () => import("@/features/people/imports-page").then((module) => module.ImportsPage)],
  ["people/imports/:id", () => import("@/features/people/import-page").then((module) => module.ImportPage)],
  ["people/changes", () => import("@/features/people/changes-page").then((module) => module.ChangesPage)],
  ["people/trash", () => import("@/features/people/trash-page").then((module) => module.TrashPage)],
  ["people/:id", () => import("./person-route").then((module) => module.PersonRoute)],
  ["businesses", () => import("@/features/hub/businesses-page").then((module) => module.BusinessesPage)],
  ["businesses/:id", () => import("@/features/hub/business-page").then((module) => module.BusinessPage)],
  ["tasks", () => import("@/features/tasks/tasks-page").then((module) => module.TasksPage)],
  ["journeys", () => import("@/features/journeys/plans-page").then((module) => module.PlansPage)],
  ["journeys/:id", () => import("@/features/journeys/plan-page").then((module) => module.PlanPage)],
  ["approvals", () => import("@/features/approvals/approvals-page").then((module) => module.ApprovalsPage)],
  ["emails", () => import("@/features/emails/emails-page").then((module) => module.EmailsPage)],
  ["emails/received", () => import("./received-route").then((module) => module.ReceivedRoute)],
  ["emails/:id", () => import("@/features/emails/email-page").then((module) => module.EmailPage)],
];

/** The rooms of its settings. */
export const settingsRooms: readonly Room[] = [
  ["settings", () => import("@/features/settings/settings-layout").then((module) => module.SettingsLayout)],
  ["profile", () => import("@/features/settings/profile-page").then((module) => module.ProfilePage)],
  ["calendar", () => import("@/features/calendar/calendar-page").then((module) => module.CalendarPage)],
  ["office", () => import("@/features/settings/office-page").then((module) => module.OfficePage)],
  ["templates", () => import("@/features/templates/templates-page").then((module) => module.TemplatesPage)],
  ["webhooks", () => import("@/features/webhooks/webhooks-page").then((module) => module.WebhooksPage)],
  ["webhooks/:id", () => import("@/features/webhooks/webhook-page").then((module) => module.WebhookPage)],
  ["preferences", () => import("@/features/settings/preferences-page").then((module) => module.PreferencesPage)],
  ["fields", () => import("@/features/settings/fields-page").then((module) => module.FieldsPage)],
  ["tags", () => import("@/features/settings/tags-page").then((module) => module.TagsPage)],
  ["security", () => import("@/features/security/security-page").then((module) => module.SecurityPage)],
  ["team", () => import("@/features/team/team-page").then((module) => module.TeamPage)],
  ["clients", () => import("@/features/hub/plan-page").then((module) => module.PlanPage)],
  ["api-keys", () => import("@/features/settings/api-keys-page").then((module) => module.ApiKeysPage)],
  ["stage-rules", () => import("@/features/stage-rules/stage-rules-page").then((module) => module.StageRulesPage)],
  ["notifications", () => import("@/features/notifications/notifications-page").then((module) => module.NotificationsPage)],
  ["letters", () => import("@/features/letters/letters-page").then((module) => module.LettersPage)],
  ["letter-templates", () => import("@/features/letters/templates-page").then((module) => module.TemplatesPage)],
  ["data", () => import("@/features/settings/data-page").then((module) => module.DataPage)],
  ["security-log", () => import("@/features/audit/audit-page").then((module) => module.AuditPage)],
  ["system", () => import("@/features/settings/system-page").then((module) => module.SystemPage)],
  ["failed-work", () => import("@/features/settings/failed-work-page").then((module) => module.FailedWorkPage)],
];
