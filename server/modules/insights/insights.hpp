#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "http/router.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/events/events.hpp"
#include "modules/insights/reports.hpp"

namespace doorstep::insights {

struct Stats {
    std::int64_t total_clients = 0;
    std::int64_t active_clients = 0;
    std::int64_t pending_tasks = 0;
    std::int64_t completed_tasks = 0;
    std::int64_t emails_sent_today = 0;
    std::int64_t emails_sent_this_week = 0;
    double open_rate = 0; ///< per cent, two decimals
    double click_rate = 0;
    double conversion_rate = 0;
    std::map<std::string, std::int64_t> clients_by_stage;
    std::map<std::string, std::int64_t> tasks_by_status;
    std::map<std::string, std::int64_t> emails_by_status;
    std::map<std::string, std::string> definitions; ///< what each number means, in words
    BOOST_DESCRIBE_CLASS(
        Stats, (),
        (total_clients, active_clients, pending_tasks, completed_tasks, emails_sent_today, emails_sent_this_week, open_rate,
         click_rate, conversion_rate, clients_by_stage, tasks_by_status, emails_by_status, definitions),
        (), ()
    )
};

struct RecentFilter {
    std::optional<Int<0, 100>> limit;
    BOOST_DESCRIBE_CLASS(RecentFilter, (), (limit), (), ())
};

struct Recent {
    std::vector<events::Activity> items;
    BOOST_DESCRIBE_CLASS(Recent, (), (items), (), ())
};

struct TrendFilter {
    std::optional<Int<1, 90>> days;
    BOOST_DESCRIBE_CLASS(TrendFilter, (), (days), (), ())
};

struct TrendDay {
    std::string date; ///< in the account's zone
    std::int64_t clients_created = 0;
    std::int64_t emails_sent = 0;
    std::int64_t emails_opened = 0;
    std::int64_t emails_clicked = 0;
    std::int64_t tasks_completed = 0;
    BOOST_DESCRIBE_CLASS(
        TrendDay, (), (date, clients_created, emails_sent, emails_opened, emails_clicked, tasks_completed), (), ()
    )
};

struct Trends {
    std::vector<TrendDay> days;
    BOOST_DESCRIBE_CLASS(Trends, (), (days), (), ())
};

/// The dashboard's numbers, from counters that the transactions themselves keep, and reports on what happened.
class Insights {
public:
    Insights(db::Database& db, accounts::Accounts& accounts, events::Events& events)
        : db_(db), accounts_(accounts), events_(events) {}

    Task<Stats> stats(Context& ctx);
    Task<Recent> recent(Context& ctx, std::int64_t limit);
    Task<Trends> trends(Context& ctx, std::int64_t days);
    /// 422 where the days are the wrong way round or more than three years.
    Task<Report<TrendRow>> report_trends(Context& ctx, const ReportFilter& filter);
    Task<Report<FunnelRow>> report_funnel(Context& ctx, const ReportFilter& filter);
    Task<Report<ResponseRow>> report_responses(Context& ctx, const ReportFilter& filter);
    Task<Report<SourceRow>> report_sources(Context& ctx, const ReportFilter& filter);
    /// Folds the counters' differences into their totals. An all-accounts context; run by a schedule. Returns how many.
    Task<std::int64_t> fold(Context& ctx);

private:
    /// The days that a report covers.
    template <class Row>
    Task<Report<Row>> frame(Context& ctx, const ReportFilter& filter, std::string definition);

    db::Database& db_;
    accounts::Accounts& accounts_;
    events::Events& events_;
};

void routes(http::Router& router, Insights& insights);

} // namespace doorstep::insights
