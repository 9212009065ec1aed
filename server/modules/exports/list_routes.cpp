#include "modules/exports/exports.hpp"

namespace doorstep::exports {

namespace {

using http::Context;
using http::Query;

/// Of each list two files, beside it: with its scope and its filter.
template <class Handler>
void add(
    http::Router& router, Exports& exports, const std::string& list, std::string_view name, const std::string& scope,
    Handler csv, Handler xlsx, std::string_view words
) {
    router.add("GET", list + "/export.csv", exports, csv)
        .scope(scope)
        .id(fmt::format("export_{}_csv", name))
        .summary(fmt::format("{}, all of the list, as CSV; no cell is a formula", words));
    router.add("GET", list + "/export.xlsx", exports, xlsx)
        .scope(scope)
        .id(fmt::format("export_{}_xlsx", name))
        .summary(fmt::format("{}, up to 100,000, as an Excel workbook", words));
}

template <Format format>
Task<http::Response> export_tasks(Exports& exports, Context& ctx, Query<journeys::TaskFilter> filter) {
    auto list = [&journeys = exports.parts().journeys](auto& asking, auto& of) { return journeys.list(asking, of); };
    auto table = table_of("tasks", Columns<journeys::FollowUpTask>({"version"}), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_emails(Exports& exports, Context& ctx, Query<messages::EmailFilter> filter) {
    auto list = [&messages = exports.parts().messages](auto& asking, auto& of) { return messages.list(asking, of); };
    auto table = table_of("emails", Columns<messages::EmailSummary>({"body"}), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_received(Exports& exports, Context& ctx, Query<messages::ReceivedFilter> filter) {
    auto list = [&messages = exports.parts().messages](auto& asking, auto& of) { return messages.received(asking, of); };
    auto table = table_of("received", Columns<messages::ReceivedEmail>({"body", "fresh_text"}), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_journeys(Exports& exports, Context& ctx, Query<journeys::JourneyFilter> filter) {
    auto list = [&journeys = exports.parts().journeys](auto& asking, auto& of) { return journeys.list_journeys(asking, of); };
    auto table = table_of("journeys", Columns<journeys::Journey>(), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_plans(Exports& exports, Context& ctx) {
    auto plans = co_await exports.parts().journeys.templates().list(ctx);
    auto table = table_of("follow-up-plans", Columns<journeys::JourneyTemplate>({"version"}), std::move(plans.items));
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_templates(Exports& exports, Context& ctx, Query<templates::TemplateFilter> filter) {
    auto list = [&templates = exports.parts().templates](auto& asking, auto& of) { return templates.list(asking, of); };
    auto table = table_of("letters", Columns<templates::Template>({"version"}), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_tags(Exports& exports, Context& ctx) {
    auto tags = co_await exports.parts().contacts.tags(ctx);
    auto table = table_of("tags", Columns<contacts::TagCount>(), std::move(tags.items));
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_team(Exports& exports, Context& ctx) {
    auto team = co_await exports.parts().team.list(ctx);
    auto table = table_of("team", Columns<team::TeamMember>(), std::move(team.items));
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_suggestions(Exports& exports, Context& ctx, Query<progression::SuggestionFilter> filter) {
    auto list = [&rules = exports.parts().progression](auto& asking, auto& of) { return rules.suggestions(asking, of); };
    auto table = table_of("stage-suggestions", Columns<progression::StageSuggestion>(), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_stages(Exports& exports, Context& ctx, Id<Client> id) {
    co_await exports.parts().contacts.require(ctx, id);
    auto history = co_await exports.parts().contacts.stage_history(ctx, id);
    auto table = table_of("stages", Columns<contacts::StageChange>(), std::move(history.items));
    co_return co_await exports.file(ctx, std::move(table), format);
}

template <Format format>
Task<http::Response> export_deliveries(
    Exports& exports, Context& ctx, Id<webhooks::Webhook> id, Query<webhooks::DeliveryFilter> filter
) {
    auto list = [&webhooks = exports.parts().webhooks, id](auto& asking, auto& of) {
        return webhooks.deliveries(asking, id, of);
    };
    auto table = table_of("deliveries", Columns<webhooks::Delivery>(), std::move(filter.value), list);
    co_return co_await exports.file(ctx, std::move(table), format);
}

// The reports are CSV already; their workbooks have the same columns.

Task<http::Response> export_trends(Exports& exports, Context& ctx, Query<insights::ReportFilter> filter) {
    auto report = co_await exports.parts().insights.report_trends(ctx, filter.value);
    auto table = table_of("trends", Columns<insights::TrendRow>(), std::move(report.items));
    co_return co_await exports.file(ctx, std::move(table), Format::xlsx);
}

Task<http::Response> export_funnel(Exports& exports, Context& ctx, Query<insights::ReportFilter> filter) {
    auto report = co_await exports.parts().insights.report_funnel(ctx, filter.value);
    auto table = table_of("funnel", Columns<insights::FunnelRow>(), std::move(report.items));
    co_return co_await exports.file(ctx, std::move(table), Format::xlsx);
}

Task<http::Response> export_responses(Exports& exports, Context& ctx, Query<insights::ReportFilter> filter) {
    auto report = co_await exports.parts().insights.report_responses(ctx, filter.value);
    auto table = table_of("response-times", Columns<insights::ResponseRow>(), std::move(report.items));
    co_return co_await exports.file(ctx, std::move(table), Format::xlsx);
}

Task<http::Response> export_sources(Exports& exports, Context& ctx, Query<insights::ReportFilter> filter) {
    auto report = co_await exports.parts().insights.report_sources(ctx, filter.value);
    auto table = table_of("sources", Columns<insights::SourceRow>(), std::move(report.items));
    co_return co_await exports.file(ctx, std::move(table), Format::xlsx);
}

} // namespace

#define BOTH(handler) handler<Format::csv>, handler<Format::xlsx>

void list_routes(http::Router& router, Exports& exports) {
    add(router, exports, "/api/tasks", "tasks", "tasks:read", BOTH(export_tasks), "Follow-up tasks");
    add(router, exports, "/api/emails", "emails", "emails:read", BOTH(export_emails), "E-mails that were sent");
    add(router, exports, "/api/emails/received", "received_emails", "emails:read", BOTH(export_received),
        "E-mails that came in");
    add(router, exports, "/api/journeys", "journeys", "tasks:read", BOTH(export_journeys),
        "Follow-up plans under way and past ones");
    add(router, exports, "/api/journey-templates", "journey_templates", "tasks:read", BOTH(export_plans), "Follow-up plans");
    add(router, exports, "/api/templates", "templates", "templates:read", BOTH(export_templates), "The library of letters");
    add(router, exports, "/api/tags", "tags", "clients:read", BOTH(export_tags), "The tags in use");
    add(router, exports, "/api/team", "team", "team:read", BOTH(export_team), "The account's members");
    add(router, exports, "/api/stage-suggestions", "stage_suggestions", "clients:read", BOTH(export_suggestions),
        "Moves that rules suggested or made");
    add(router, exports, "/api/contacts/{id}/stages", "stages", "clients:read", BOTH(export_stages),
        "How a client moved through the stages");
    add(router, exports, "/api/webhooks/{id}/deliveries", "webhook_deliveries", "webhooks:read", BOTH(export_deliveries),
        "What a webhook was sent");
    auto report = [&](const std::string& name, const std::string& id, auto handler) {
        router.add("GET", "/api/reports/" + name + ".xlsx", exports, handler)
            .scope("reports:read")
            .id(id)
            .summary("The same as an Excel workbook");
    };
    report("trends", "get_trend_xlsx", export_trends);
    report("funnel", "get_funnel_xlsx", export_funnel);
    report("response-times", "get_response_xlsx", export_responses);
    report("sources", "get_source_xlsx", export_sources);
}

} // namespace doorstep::exports
