#include "app/schedule.hpp"

#include "http/idempotency.hpp"

namespace doorstep::app {

namespace {

using namespace std::chrono_literals;

// Schedules copy these functions: a coroutine takes what it needs as arguments, never from a lambda that may be gone.
Task<> dispatch_due(Modules& modules, Context& ctx) {
    co_await modules.journeys.dispatch_due(ctx);
}

Task<> reconcile(Modules& modules, Context& ctx) {
    co_await modules.messages.reconcile(ctx);
    co_await modules.journeys.reconcile(ctx);
}

Task<> apply_stage_rules(Modules& modules, Context& ctx) {
    co_await modules.progression.evaluate_events(ctx);
}

Task<> look_for_silence(Modules& modules, Context& ctx) {
    co_await modules.progression.evaluate_silence(ctx);
}

Task<> dispatch_webhooks(Modules& modules, Context& ctx) {
    co_await modules.webhooks.dispatch(ctx);
}

Task<> purge_webhooks(Modules& modules, Context& ctx) {
    co_await modules.webhooks.purge(ctx);
}

Task<> look_after_calendars(Modules& modules, Context& ctx) {
    co_await modules.calendar.look_after_all(ctx);
}

Task<> fold_counters(Modules& modules, Context& ctx) {
    co_await modules.insights.fold(ctx);
}

Task<> purge_keys(db::Database& db, Context& ctx) {
    co_await http::purge_idempotency_keys(db, ctx);
}

const db::Query analyze_sql{"store.analyze_grown", "select app.analyze_grown()"};

Task<> analyze_grown(db::Database& db, Context& ctx) {
    co_await db.one<int>(ctx, analyze_sql);
}

Task<> send_news(Modules& modules, Context& ctx) {
    co_await modules.notifications.send_due(ctx);
}

Task<> send_digests(Modules& modules, Context& ctx) {
    co_await modules.notifications.send_digests(ctx);
}

Task<> send_summaries(Modules& modules, Context& ctx) {
    co_await modules.summaries.send_due(ctx);
}

Task<> look_at_health(Modules& modules, Context& ctx) {
    co_await modules.health.look(ctx);
}

Task<> forget_letters(Modules& modules, Context& ctx) {
    co_await modules.mail.forget_old(ctx);
}

Task<> forget_news(Modules& modules, Context& ctx) {
    co_await modules.notifications.forget_old(ctx);
}

Task<> remind_of_links(Modules& modules, Context& ctx) {
    co_await modules.onboarding.remind(ctx);
}

Task<> forget_ended(Modules& modules, Context& ctx) {
    co_await modules.identity.forget_ended(ctx);
}

Task<> sweep_files(Modules& modules, Context& ctx) {
    co_await modules.files.sweep(ctx);
}

Task<> purge_trash(Modules& modules, Context& ctx) {
    co_await modules.cleanup.purge(ctx);
}

} // namespace

void list_schedules(jobs::Schedules& schedules, Modules& modules, db::Database& db, std::chrono::seconds due_work_every) {
    schedules.add("follow_ups.dispatch", due_work_every, [&modules](Context& ctx) { return dispatch_due(modules, ctx); });
    schedules.add("follow_ups.reconcile", 60s, [&modules](Context& ctx) { return reconcile(modules, ctx); });
    schedules.add("stage_rules.events", due_work_every, [&modules](Context& ctx) { return apply_stage_rules(modules, ctx); });
    schedules.add("stage_rules.silence", 1h, [&modules](Context& ctx) { return look_for_silence(modules, ctx); });
    schedules.add("webhooks.dispatch", 2s, [&modules](Context& ctx) { return dispatch_webhooks(modules, ctx); });
    schedules.add("webhooks.purge", 1h, [&modules](Context& ctx) { return purge_webhooks(modules, ctx); });
    schedules.add("calendars.look_after", 60s, [&modules](Context& ctx) { return look_after_calendars(modules, ctx); });
    schedules.add("counters.fold", 15s, [&modules](Context& ctx) { return fold_counters(modules, ctx); });
    schedules.add("store.analyze", 3s, [&db](Context& ctx) { return analyze_grown(db, ctx); });
    schedules.add("notifications.send", 60s, [&modules](Context& ctx) { return send_news(modules, ctx); });
    schedules.add("notifications.digest", 5min, [&modules](Context& ctx) { return send_digests(modules, ctx); });
    schedules.add("summaries.send", 5min, [&modules](Context& ctx) { return send_summaries(modules, ctx); });
    schedules.add("health.look", 5min, [&modules](Context& ctx) { return look_at_health(modules, ctx); });
    schedules.add("letters.forget", 1h, [&modules](Context& ctx) { return forget_letters(modules, ctx); });
    schedules.add("notifications.forget", 1h, [&modules](Context& ctx) { return forget_news(modules, ctx); });
    schedules.add("onboarding.remind", 5min, [&modules](Context& ctx) { return remind_of_links(modules, ctx); });
    schedules.add("credentials.forget", 1h, [&modules](Context& ctx) { return forget_ended(modules, ctx); });
    schedules.add("trash.purge", 1h, [&modules](Context& ctx) { return purge_trash(modules, ctx); });
    schedules.add("files.sweep", 1h, [&modules](Context& ctx) { return sweep_files(modules, ctx); });
    schedules.add("idempotency.purge", 1h, [&db](Context& ctx) { return purge_keys(db, ctx); });
}

} // namespace doorstep::app
