#include "modules/today/points.hpp"

#include <algorithm>
#include <map>

namespace doorstep::today {

namespace {

using journeys::Priority;

std::string counted(std::int64_t count, std::string_view one, std::string_view more) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : more);
}

void add(TodayItem& item, std::string code, std::int64_t points, std::string words, std::int64_t count = 0) {
    if (points > 0) item.reasons.push_back({std::move(code), points, count, std::move(words)});
}

void add_base(TodayItem& item, Kind kind) {
    switch (kind) {
    case Kind::failed: return add(item, "failed", 45, "could not be sent");
    case Kind::approve: return add(item, "draft", 40, "a draft waits for your yes");
    case Kind::task: return add(item, "due", 30, "due today");
    case Kind::suggestion: return add(item, "suggestion", 20, "a rule suggests a move");
    case Kind::reach_out: return add(item, "unanswered", 10, "nobody has been in touch since");
    }
}

void add_priority(TodayItem& item, std::optional<Priority> priority) {
    if (priority == Priority::high) add(item, "priority_high", 20, "high priority");
    if (priority == Priority::medium) add(item, "priority_medium", 10, "medium priority");
}

void add_waiting(TodayItem& item, Time since, Time now) {
    auto days = std::chrono::floor<std::chrono::days>(now - since).count();
    if (days > 0)
        add(item, "waiting", std::min<std::int64_t>(2 * days, 20), "waiting for " + counted(days, "day", "days"), days);
}

void add_unaddressed(TodayItem& item) {
    if (item.channel == journeys::Channel::email && !item.client_email)
        add(item, "no_email", 5, "no e-mail address: call, or add one");
}

void add_stage(TodayItem& item) {
    if (item.stage == contacts::Stage::under_contract) add(item, "under_contract", 8, "under contract");
    if (item.stage == contacts::Stage::negotiating) add(item, "negotiating", 5, "negotiating");
}

void add_signals(TodayItem& item, const Signals& signals) {
    if (signals.replied > 0) add(item, "replied", 40, "replied and waits for an answer", signals.replied);
    add(item, "clicked", std::min<std::int64_t>(10 * signals.clicked, 30),
        "clicked " + counted(signals.clicked, "time", "times"), signals.clicked);
    add(item, "opened", std::min<std::int64_t>(4 * signals.opened, 16),
        "opened e-mails " + counted(signals.opened, "time", "times"), signals.opened);
    if (signals.new_person) add(item, "new", 25, "new since yesterday, not contacted yet");
}

/// Opening a mail or two is no reason to ring somebody up.
bool enough(const Signals& signals) {
    return signals.replied > 0 || signals.clicked > 0 || signals.opened >= 3 || signals.new_person;
}

TodayItem item_of(const Thing& thing, Time now) {
    TodayItem item;
    bool suggestion = thing.kind == Kind::suggestion;
    item.id = (suggestion ? "suggestion:" : "task:") + thing.id.text();
    item.kind = thing.kind;
    item.client_id = {thing.contact_id};
    item.client_name = thing.name;
    item.client_email = thing.email;
    item.phone = thing.phone;
    item.stage = thing.stage;
    if (suggestion)
        item.suggestion_id = thing.id;
    else
        item.task_id = Id<journeys::FollowUpTask>{thing.id};
    item.title = thing.title;
    item.notes = thing.notes;
    item.channel = thing.channel;
    item.to_stage = thing.to_stage;
    item.due = thing.since;
    add_base(item, thing.kind);
    add_priority(item, thing.priority);
    add_waiting(item, thing.since, now);
    add_unaddressed(item);
    add_stage(item);
    return item;
}

TodayItem item_of(const Signals& signals) {
    TodayItem item;
    item.id = "person:" + signals.contact_id.text();
    item.kind = Kind::reach_out;
    item.client_id = {signals.contact_id};
    item.client_name = signals.name;
    item.client_email = signals.email;
    item.phone = signals.phone;
    item.stage = signals.stage;
    item.title = "Get in touch";
    item.due = signals.last_at;
    add_base(item, Kind::reach_out);
    add_stage(item);
    add_signals(item, signals);
    return item;
}

std::int64_t sum(const TodayItem& item) {
    std::int64_t points = 0;
    for (auto& reason : item.reasons) points += reason.points;
    return points;
}

} // namespace

std::vector<TodayItem> rank(const std::vector<Thing>& things, const std::vector<Signals>& signals, Time now) {
    std::vector<TodayItem> items;
    for (auto& thing : things) items.push_back(item_of(thing, now));
    std::map<Uuid, TodayItem*> weightiest;
    for (auto& item : items) {
        auto& best = weightiest[item.client_id.value];
        if (!best || sum(item) > sum(*best)) best = &item;
    }
    std::vector<TodayItem> proposals;
    for (auto& person : signals) {
        auto found = weightiest.find(person.contact_id);
        if (found != weightiest.end())
            add_signals(*found->second, person);
        else if (enough(person))
            proposals.push_back(item_of(person));
    }
    std::ranges::move(proposals, std::back_inserter(items));
    for (auto& item : items) {
        std::ranges::sort(item.reasons, std::greater{}, &Reason::points);
        item.points = sum(item);
    }
    std::ranges::sort(items, [](const TodayItem& a, const TodayItem& b) {
        return std::tuple(-a.points, a.due, a.id) < std::tuple(-b.points, b.due, b.id);
    });
    return items;
}

} // namespace doorstep::today
