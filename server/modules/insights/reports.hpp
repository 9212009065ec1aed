#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"

namespace doorstep::insights {

/// A calendar day in the account's zone: "2026-11-29".
struct Day {
    std::string value;
};

enum class Bucket { day, week, month };
BOOST_DESCRIBE_ENUM(Bucket, day, week, month)

} // namespace doorstep::insights

template <>
struct doorstep::Field<doorstep::insights::Day> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, insights::Day& out);
    static void append(std::string& out, const insights::Day& value) { out += value.value; }
    static std::string schema() { return R"({"type":"string","format":"date"})"; }
};

namespace doorstep::insights {

/// From and to are days of the account's zone, both included; thirty days up to today where they are left out.
struct ReportFilter {
    std::optional<Day> from;
    std::optional<Day> to;
    std::optional<Bucket> by;
    BOOST_DESCRIBE_CLASS(ReportFilter, (), (from, to, by), (), ())
};

struct TrendRow {
    std::string from; ///< the first day of the bucket
    std::int64_t clients_created = 0;
    std::int64_t clients_closed = 0;
    std::int64_t emails_sent = 0;
    std::int64_t emails_opened = 0;
    std::int64_t emails_clicked = 0;
    std::int64_t emails_answered = 0;
    std::int64_t tasks_completed = 0;
    BOOST_DESCRIBE_CLASS(
        TrendRow, (),
        (from, clients_created, clients_closed, emails_sent, emails_opened, emails_clicked, emails_answered, tasks_completed),
        (), ()
    )
};

struct FunnelRow {
    std::string stage;
    std::int64_t clients = 0;          ///< of the cohort, that came this far
    double of_all = 0;                 ///< per cent of the cohort
    double of_previous = 0;            ///< per cent of those that reached the stage before
    std::optional<double> median_days; ///< from the client's creation to the first time in this stage or a later one
    BOOST_DESCRIBE_CLASS(FunnelRow, (), (stage, clients, of_all, of_previous, median_days), (), ())
};

struct ResponseRow {
    std::string measure; ///< "first_contact", "answer"
    std::int64_t cases = 0;
    std::int64_t answered = 0;
    std::optional<double> median_seconds; ///< of the answered ones
    std::optional<double> slowest_tenth_seconds;
    BOOST_DESCRIBE_CLASS(ResponseRow, (), (measure, cases, answered, median_seconds, slowest_tenth_seconds), (), ())
};

struct SourceRow {
    std::string source;
    std::int64_t clients = 0;
    std::int64_t negotiating = 0;
    std::int64_t closed = 0;
    std::int64_t lost = 0;
    double conversion = 0; ///< closed, per cent of the clients
    BOOST_DESCRIBE_CLASS(SourceRow, (), (source, clients, negotiating, closed, lost, conversion), (), ())
};

/// A report with the days it covers and what its numbers mean, in words.
template <class Row>
struct Report {
    std::string from;
    std::string to;
    std::string zone;
    std::string definition;
    std::vector<Row> items;
    BOOST_DESCRIBE_CLASS(Report, (), (from, to, zone, definition, items), (), ())
};

/// A described struct's list as RFC 4180 text. A cell that a spreadsheet would take for a formula is defused.
std::string csv_cell(std::string_view text);

template <class Row>
std::string to_csv(const std::vector<Row>& rows) {
    std::string out;
    boost::mp11::mp_for_each<MembersOf<Row>>([&out](auto d) { out += (out.empty() ? "" : ",") + std::string(d.name); });
    out += "\r\n";
    for (auto& row : rows) {
        std::string line;
        bool first = true;
        boost::mp11::mp_for_each<MembersOf<Row>>([&line, &first, &row](auto d) {
            if (!first) line += ',';
            first = false;
            auto text = to_json(row.*d.pointer);
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(row.*d.pointer)>, std::string>) text = row.*d.pointer;
            line += text == "null" ? "" : csv_cell(text);
        });
        out += line + "\r\n";
    }
    return out;
}

} // namespace doorstep::insights
