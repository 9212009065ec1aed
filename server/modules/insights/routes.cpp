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
}

} // namespace doorstep::insights
