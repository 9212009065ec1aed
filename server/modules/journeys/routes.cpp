#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

using http::Context;

http::Versioned<FollowUpTask> versioned(FollowUpTask task) {
    auto version = std::to_string(task.version);
    return {std::move(version), std::move(task)};
}

Task<http::Page<FollowUpTask>> list_tasks(Journeys& journeys, Context& ctx, http::Query<TaskFilter> filter) {
    co_return co_await journeys.list(ctx, filter.value);
}

Task<TaskCalendar> get_task_calendar(Journeys& journeys, Context& ctx, http::Query<CalendarFilter> filter) {
    co_return co_await journeys.calendar(ctx, filter.value);
}

Task<http::Page<FollowUpTask>> list_client_tasks(
    Journeys& journeys, Context& ctx, Id<Client> client, http::Query<TaskFilter> filter
) {
    co_await journeys.contacts().require(ctx, client);
    filter.value.client_id = client;
    if (!filter.value.limit) filter.value.limit = Int<1, 100>{100};
    co_return co_await journeys.list(ctx, filter.value);
}

Task<http::Created<FollowUpTask>> create_task(Journeys& journeys, Context& ctx, NewTask input) {
    auto task = co_await journeys.create(ctx, input);
    auto location = "/api/tasks/" + task.id.text();
    co_return http::Created<FollowUpTask>{std::move(location), std::move(task)};
}

Task<http::Versioned<FollowUpTask>> get_task(Journeys& journeys, Context& ctx, Id<FollowUpTask> id) {
    auto task = co_await journeys.require(ctx, id);
    co_return versioned(std::move(task));
}

Task<http::Versioned<FollowUpTask>> update_task(Journeys& journeys, Context& ctx, Id<FollowUpTask> id, TaskPatch patch) {
    auto task = co_await journeys.update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(task));
}

Task<BulkTaskResult> update_tasks(Journeys& journeys, Context& ctx, BulkTasks input) {
    co_return co_await journeys.update_all(ctx, input);
}

Task<contacts::Success> delete_task(Journeys& journeys, Context& ctx, Id<FollowUpTask> id) {
    co_await journeys.remove(ctx, id);
    co_return contacts::Success{};
}

Task<FollowUpTask> retry_task(Journeys& journeys, Context& ctx, Id<FollowUpTask> id) {
    return journeys.retry(ctx, id);
}

Task<FollowUpTask> send_task_now(Journeys& journeys, Context& ctx, Id<FollowUpTask> id) {
    return journeys.send_now(ctx, id);
}

} // namespace

void routes(http::Router& router, Journeys& journeys) {
    router.tag("Tasks");
    router.add("GET", "/api/tasks", journeys, list_tasks)
        .scope("tasks:read")
        .id("list_tasks")
        .summary("Follow-up tasks, next due first");
    router.add("GET", "/api/tasks/calendar", journeys, get_task_calendar)
        .scope("tasks:read")
        .id("get_task_calendar")
        .summary("The tasks of a range of up to 62 days, all at once up to 3,000; cut says that there are more");
    router.add("POST", "/api/tasks", journeys, create_task)
        .scope("tasks:write")
        .id("create_task")
        .summary("Adds a task by hand");
    router.add("PATCH", "/api/tasks/bulk", journeys, update_tasks)
        .scope("tasks:write")
        .id("update_tasks")
        .summary("Completes, skips or reschedules up to 500 tasks");
    router.add("GET", "/api/tasks/{id}", journeys, get_task).scope("tasks:read").id("get_task").summary("A task");
    router.add("PATCH", "/api/tasks/{id}", journeys, update_task)
        .scope("tasks:write")
        .id("update_task")
        .summary("Completes, skips, cancels, reschedules or annotates a task");
    router.add("DELETE", "/api/tasks/{id}", journeys, delete_task)
        .scope("tasks:write")
        .id("delete_task")
        .summary("Deletes a task");
    router.add("POST", "/api/tasks/{id}/retry", journeys, retry_task)
        .scope("tasks:write")
        .id("retry_task")
        .summary("Tries a failed task again");
    router.add("POST", "/api/tasks/{id}/send-now", journeys, send_task_now)
        .scope("tasks:write")
        .id("send_task_now")
        .summary("Sends a follow-up that is still to come, whatever the hour");
    router.add("GET", "/api/clients/{id}/tasks", journeys, list_client_tasks)
        .scope("tasks:read")
        .id("list_client_tasks")
        .summary("A client's tasks, next due first");
    template_routes(router, journeys);
    running_routes(router, journeys);
    approval_routes(router, journeys);
}

} // namespace doorstep::journeys
