#include "modules/insights/insights.hpp"

namespace doorstep::insights {

namespace {

using http::Context;

Task<Stats> get_stats(Insights& insights, Context& ctx) {
    return insights.stats(ctx);
}

Task<Recent> get_recent_activity(Insights& insights, Context& ctx, http::Query<RecentFilter> filter) {
    return insights.recent(ctx, filter->limit ? filter->limit->value : 10);
}

Task<Trends> get_trends(Insights& insights, Context& ctx, http::Query<TrendFilter> filter) {
    return insights.trends(ctx, filter->days ? filter->days->value : 30);
}

/// A report as a file for a spreadsheet.
template <class Row>
http::Response csv_file(std::string_view name, const Report<Row>& report) {
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set(
        "Content-Disposition", "attachment; filename=\"" + std::string(name) + "-" + report.from + "-" + report.to + ".csv\""
    );
    response.body = "\xef\xbb\xbf" + to_csv(report.items); // the mark, else Excel reads Windows-1252
    return response;
}

Task<Report<TrendRow>> get_trend_report(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    co_return co_await insights.report_trends(ctx, filter.value);
}

Task<http::Response> get_trend_csv(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    auto report = co_await insights.report_trends(ctx, filter.value);
    co_return csv_file("trends", report);
}

Task<Report<FunnelRow>> get_funnel_report(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    co_return co_await insights.report_funnel(ctx, filter.value);
}

Task<http::Response> get_funnel_csv(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    auto report = co_await insights.report_funnel(ctx, filter.value);
    co_return csv_file("funnel", report);
}

Task<Report<ResponseRow>> get_response_report(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    co_return co_await insights.report_responses(ctx, filter.value);
}

Task<http::Response> get_response_csv(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    auto report = co_await insights.report_responses(ctx, filter.value);
    co_return csv_file("response-times", report);
}

Task<Report<SourceRow>> get_source_report(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    co_return co_await insights.report_sources(ctx, filter.value);
}

Task<http::Response> get_source_csv(Insights& insights, Context& ctx, http::Query<ReportFilter> filter) {
    auto report = co_await insights.report_sources(ctx, filter.value);
    co_return csv_file("sources", report);
}

} // namespace

void routes(http::Router& router, Insights& insights) {
    router.tag("Dashboard");
    router.add("GET", "/api/dashboard/stats", insights, get_stats)
        .scope("dashboard:read")
        .id("get_stats")
        .summary("The account's numbers, each with its definition");
    router.add("GET", "/api/dashboard/recent-activity", insights, get_recent_activity)
        .scope("dashboard:read")
        .id("get_recent_activity")
        .summary("What happened last, of every kind");
    router.add("GET", "/api/dashboard/trends", insights, get_trends)
        .scope("dashboard:read")
        .id("get_trends")
        .summary("Day by day in the account's time zone");
    router.tag("Reports");
    router.add("GET", "/api/reports/trends", insights, get_trend_report)
        .scope("reports:read")
        .id("get_trend_report")
        .summary("Day by day, week by week or month by month");
    router.add("GET", "/api/reports/trends.csv", insights, get_trend_csv)
        .scope("reports:read")
        .id("get_trend_csv")
        .summary("The same as CSV");
    router.add("GET", "/api/reports/funnel", insights, get_funnel_report)
        .scope("reports:read")
        .id("get_funnel_report")
        .summary("How far the clients of a period came");
    router.add("GET", "/api/reports/funnel.csv", insights, get_funnel_csv)
        .scope("reports:read")
        .id("get_funnel_csv")
        .summary("The same as CSV");
    router.add("GET", "/api/reports/response-times", insights, get_response_report)
        .scope("reports:read")
        .id("get_response_report")
        .summary("How soon people are answered, as medians");
    router.add("GET", "/api/reports/response-times.csv", insights, get_response_csv)
        .scope("reports:read")
        .id("get_response_csv")
        .summary("The same as CSV");
    router.add("GET", "/api/reports/sources", insights, get_source_report)
        .scope("reports:read")
        .id("get_source_report")
        .summary("Where clients came from, and what became of them");
    router.add("GET", "/api/reports/sources.csv", insights, get_source_csv)
        .scope("reports:read")
        .id("get_source_csv")
        .summary("The same as CSV");
}

} // namespace doorstep::insights
