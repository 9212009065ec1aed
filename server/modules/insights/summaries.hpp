#pragma once

#include <string>
#include <vector>

#include "modules/insights/insights.hpp"
#include "modules/mail/mail.hpp"
#include "modules/notifications/notifications.hpp"

namespace doorstep::insights {

enum class Period { week, month };
BOOST_DESCRIBE_ENUM(Period, week, month)

/// A week or month that is over in a zone.
struct Span {
    Period period = Period::week;
    std::string from;   ///< its first day
    std::string to;     ///< its last one
    std::string before; ///< the first day of the one before
    Time ended;         ///< the instant at which it was over
    Time due;           ///< 8 in the morning after that
};

/// The latest one whose letter is due by now.
Span latest_span(Period period, Time now, const Zone& zone);

/// A period's numbers beside those of the one before.
struct Figures {
    TrendRow now;
    TrendRow before;
    std::optional<double> answer_seconds; ///< the median
    std::optional<double> answer_seconds_before;
};

/// The period's name: "The week of March 4", "March".
std::string span_in_words(std::string_view language, const Span& span);
/// What is worth saying of it, a line each; what there was none of in both periods is left out.
std::string figures_in_words(std::string_view language, Period period, const Figures& figures);

/// Letters that sum up the week on Mondays and the month on its first day, to whoever wants them.
class Summaries {
public:
    struct Parts {
        db::Database& db;
        Insights& insights;
        mail::Mail& mail;
        notifications::Notifications& notifications;
        std::string public_url;
    };
    explicit Summaries(Parts parts) : parts_(std::move(parts)) {}

    /// Sends what is due, each period of an account at most once, and after a long time away only the latest. An all-accounts
    /// context; run by a schedule. Returns how many letters.
    Task<std::int64_t> send_due(Context& ctx);

private:
    Task<std::int64_t> send(Context& ctx, Uuid account, const Span& span);
    Task<Figures> figures(Context& ctx, const Span& span);

    Parts parts_;
};

} // namespace doorstep::insights
