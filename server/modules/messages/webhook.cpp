#include <algorithm>
#include <map>
#include <set>

#include "core/log.hpp"
#include "core/text.hpp"
#include "modules/messages/stored.hpp"

namespace doorstep::messages {

namespace {

const db::Query match_sql{
    "webhooks.match",
    "select" STORED_COLUMNS "from messages where id = any ($1) or provider_message_id = any ($2) order by account_id, id"
};

// Whoever adds events to a message sees those that others have added. All lock in the same order.
const db::Query lock_sql{"webhooks.lock_messages", R"sql(
    select id from messages where account_id = $1 and id = any ($2) order by id for update
)sql"};

const db::Query insert_sql{"webhooks.insert_events", R"sql(
    insert into message_events (account_id, message_id, provider_event_id, event, at, ip, useragent, url, machine, data, received_at)
    select $1, e.message_id, e.id, e.event, e.at, nullif(e.ip, ''), nullif(e.useragent, ''), nullif(e.url, ''), e.machine, e.data, $11
    from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::jsonb[])
        as e (message_id, id, event, at, ip, useragent, url, machine, data)
    on conflict do nothing
    returning message_id, provider_event_id
)sql"};

// A person does not click three different links within three seconds; what checks every link of a mail does. The more events are
// known the more are marked, in whatever order they came.
const db::Query mark_scanners_sql{"webhooks.mark_scanners", R"sql(
    update message_events e set machine = true
    where account_id = $1 and message_id = any ($2) and event = 'click' and not machine and (
        select count(distinct o.url) from message_events o
        where o.account_id = $1 and o.message_id = e.message_id and o.event = 'click'
            and o.at between e.at - interval '3 seconds' and e.at + interval '3 seconds'
    ) >= 3
)sql"};

// A status is a function of the set of events, so their order and repetition can't matter. What machines open or click counts in
// the history and nowhere else. A second opening changes nothing, and most events are one: those rows stay as they are.
const db::Query apply_sql{"webhooks.apply", R"sql(
    with known as (
        select message_id,
            min(at) filter (where event = 'delivered') as delivered,
            min(at) filter (where event = 'open' and not machine) as opened,
            min(at) filter (where event = 'click' and not machine) as clicked,
            bool_or(event = 'spamreport') as spam, bool_or(event = 'bounce') as bounced,
            bool_or(event = 'dropped') as dropped, bool_or(event = 'deferred') as deferred,
            (array_agg(coalesce(data ->> 'reason', data ->> 'response') order by at desc, provider_event_id)
                filter (where event in ('bounce', 'dropped', 'deferred')))[1] as reason
        from message_events where account_id = $1 and message_id = any ($2)
        group by message_id
    ), next as (
        select m.id, e.delivered, e.opened, e.clicked,
            case
                when e.spam or e.clicked is not null or e.opened is not null then null
                when e.bounced or e.dropped or (e.deferred and e.delivered is null) then coalesce(e.reason, m.error_message)
            end as error,
            case
                when e.spam then 'spamreport'
                when e.clicked is not null then 'clicked'
                when e.opened is not null then 'opened'
                when e.bounced then 'bounced'
                when e.dropped then 'dropped'
                when e.delivered is not null then 'delivered'
                when e.deferred then 'deferred'
                when m.sent_at is not null then 'sent'
                else m.status
            end as status
        from known e join messages m on m.account_id = $1 and m.id = e.message_id
    )
    update messages m set
        delivered_at = n.delivered, opened_at = n.opened, clicked_at = n.clicked, person_opened_at = n.opened,
        person_clicked_at = n.clicked, error_message = n.error, status = n.status
    from next n
    where m.account_id = $1 and m.id = n.id
        and (m.delivered_at, m.opened_at, m.clicked_at, m.person_opened_at, m.person_clicked_at, m.error_message, m.status)
            is distinct from (n.delivered, n.opened, n.clicked, n.opened, n.clicked, n.error, n.status)
)sql"};

const db::Query suppress_sql{"webhooks.suppress", R"sql(
    insert into suppressions (account_id, channel, address_key, reason, message_id, created_at)
    values ($1, 'email', lower($2), $3, $4, $5) on conflict do nothing
)sql"};

struct NewEvent {
    Uuid message_id;
    std::string provider_event_id;
    BOOST_DESCRIBE_CLASS(NewEvent, (), (message_id, provider_event_id), (), ())
};

std::optional<std::string> timeline_kind(std::string_view event) {
    static const std::map<std::string_view, std::string> kinds{
        {"delivered", "email_delivered"},      {"open", "email_opened"},     {"click", "email_clicked"},
        {"bounce", "email_bounced"},           {"dropped", "email_dropped"}, {"deferred", "email_deferred"},
        {"spamreport", "email_spam_reported"},
    };
    auto found = kinds.find(event);
    return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

bool is_unsubscribe(std::string_view event) {
    return event == "unsubscribe" || event == "group_unsubscribe";
}

/// The event for which a provider refuses an address ever after, by the reason it gives for a drop: "Bounced Address", "Invalid",
/// "Spam Reporting Address", "Unsubscribed Address".
std::string_view cause_of_drop(std::string_view reason) {
    auto words = to_lower_ascii(reason);
    if (words.starts_with("spam reporting")) return "spamreport";
    if (words.starts_with("unsubscribed")) return "unsubscribe";
    if (words.starts_with("bounced") || words == "invalid" || words.starts_with("invalid address")) return "bounce";
    return {};
}

} // namespace

Task<http::Response> Messages::take_sendgrid(http::Context& ctx) {
    if (!parts_.sendgrid) throw unavailable("not_configured", "No SendGrid verification key is configured.");
    parts_.sendgrid->verify(*ctx.request, ctx.now());
    auto batch = parts_.sendgrid->parse(ctx.request->body);
    Context everyone = ctx;
    everyone.all_accounts = true;
    auto body = [&](db::Session& tx) -> Task<> {
        auto id = co_await mail::keep_webhook(tx, everyone, parts_.sendgrid->name(), ctx.request->body, {});
        jobs::enqueue(tx, everyone, ProcessWebhook{id});
    };
    co_await parts_.db.transaction(everyone, body);
    std::string answer;
    JsonWriter writer(answer);
    writer.begin_object();
    writer.key("status");
    writer.string("success");
    writer.key("processed");
    writer.integer(std::int64_t(batch.events.size()));
    writer.key("failed");
    writer.integer(std::int64_t(batch.malformed));
    writer.key("total");
    writer.integer(std::int64_t(batch.events.size() + batch.malformed));
    writer.end_object();
    co_return http::Response::json(std::move(answer));
}

Task<> Messages::process_webhook(Context& job, Uuid webhook_id) {
    Context ctx = job;
    ctx.all_accounts = true;
    auto raw = co_await mail::read_webhook(parts_.db, ctx, webhook_id);
    if (!raw || !parts_.sendgrid) co_return;
    auto batch = parts_.sendgrid->parse(*raw);

    std::vector<Uuid> ids;
    std::vector<std::string> provider_ids;
    for (auto& event : batch.events) {
        if (event.email_id) ids.push_back(*event.email_id);
        provider_ids.insert(provider_ids.end(), event.provider_ids.begin(), event.provider_ids.end());
    }
    auto known = co_await parts_.db.all<Stored>(ctx, match_sql, ids, provider_ids);
    std::map<Uuid, const Stored*> by_id;
    std::map<std::string, const Stored*> by_provider_id;
    for (auto& message : known) {
        by_id[message.id.value] = &message;
        if (message.provider_message_id) by_provider_id[*message.provider_message_id] = &message;
    }
    auto message_of = [&](const EmailEvent& event) -> const Stored* {
        if (auto found = event.email_id ? by_id.find(*event.email_id) : by_id.end(); found != by_id.end()) return found->second;
        for (auto& id : event.provider_ids) {
            if (auto found = by_provider_id.find(id); found != by_provider_id.end()) return found->second;
        }
        return nullptr;
    };
    struct Share {
        std::vector<const EmailEvent*> events;
        std::vector<Stored> messages; // of each event, in step
    };
    std::map<Uuid, Share> shares;
    std::vector<const EmailEvent*> unmatched;
    for (auto& event : batch.events) {
        if (auto* message = message_of(event)) {
            auto& share = shares[message->account_id];
            share.events.push_back(&event);
            share.messages.push_back(*message);
        } else {
            unmatched.push_back(&event);
        }
    }
    std::int64_t added = 0;
    for (auto& [account, share] : shares) {
        Context scoped = job;
        scoped.account_id = account;
        scoped.actor = {Actor::Kind::provider, {}, "SendGrid"};
        added += co_await apply_events(scoped, share.events, share.messages);
    }
    // The product's own letters go the same way where SendGrid is all there is.
    auto letters = co_await parts_.mail.apply_events(ctx, unmatched);
    auto matched = std::int64_t(batch.events.size() - unmatched.size());
    Json outcome{
        R"({"added":)" + std::to_string(added) + R"(,"repeated":)" + std::to_string(matched - added) + R"(,"unmatched":)" +
        std::to_string(unmatched.size()) + R"(,"letters":)" + std::to_string(letters) + R"(,"malformed":)" +
        std::to_string(batch.malformed) + "}"
    };
    co_await mail::finish_webhook(parts_.db, ctx, webhook_id, outcome);
}

Task<std::int64_t> Messages::apply_events(
    Context& ctx, const std::vector<const EmailEvent*>& events, const std::vector<Stored>& messages
) {
    std::vector<Uuid> message_ids;
    std::vector<std::string> ids, names, ips, useragents, urls, data;
    std::vector<Time> times;
    std::vector<bool> machines;
    for (std::size_t i = 0; i < events.size(); ++i) {
        auto& event = *events[i];
        message_ids.push_back(messages[i].id.value);
        ids.push_back(event.id);
        names.push_back(event.event);
        times.push_back(event.at);
        ips.push_back(event.ip);
        useragents.push_back(event.useragent);
        urls.push_back(event.url);
        machines.push_back(event.machine);
        data.push_back(event.data);
    }
    std::vector<std::string> machine_texts;
    for (bool machine : machines) machine_texts.push_back(machine ? "true" : "false");

    auto body = [&](db::Session& tx) -> Task<std::int64_t> {
        co_await tx.exec(lock_sql, ctx.account_id, message_ids);
        auto added = co_await tx.all<NewEvent>(
            insert_sql, ctx.account_id, message_ids, ids, names, times, ips, useragents, urls, machine_texts, data, ctx.now()
        );
        std::set<std::pair<Uuid, std::string>> unseen;
        for (auto& event : added) unseen.insert({event.message_id, event.provider_event_id});
        std::vector<std::size_t> fresh;
        std::vector<events::Entry> entries;
        std::vector<Sent> sent;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (!unseen.erase({message_ids[i], ids[i]})) continue;
            fresh.push_back(i);
            // An event proves that the provider has the message, whatever became of the hand-over's own record.
            if (!messages[i].sent_at) sent.push_back({&messages[i], {}, std::min(events[i]->at, ctx.now())});
            if (auto entry = timeline_entry(*events[i], messages[i])) entries.push_back(std::move(*entry));
        }
        co_await settle_sent(tx, ctx, sent);
        parts_.events.record_all(tx, ctx, std::move(entries));
        for (auto i : fresh) co_await apply_consequence(tx, ctx, *events[i], messages[i]);
        bool any_click = std::ranges::any_of(fresh, [&](std::size_t i) { return names[i] == "click"; });
        if (any_click) tx.queue(mark_scanners_sql, ctx.account_id, message_ids);
        co_await tx.exec(apply_sql, ctx.account_id, message_ids);
        co_return std::int64_t(added.size());
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

std::optional<events::Entry> Messages::timeline_entry(const EmailEvent& event, const Stored& message) {
    auto kind = timeline_kind(event.event);
    if (!kind) return std::nullopt;
    std::string data = R"({"subject":)" + json_quote(message.subject);
    if (!event.url.empty()) data += R"(,"url":)" + json_quote(event.url);
    if (!event.reason.empty()) data += R"(,"reason":)" + json_quote(event.reason);
    if (event.machine) data += R"(,"machine":true)";
    data += "}";
    return events::Entry{
        .kind = *kind,
        .contact_id = message.contact_id.value,
        .task_id = message.task_id,
        .message_id = message.id.value,
        .data = Json{std::move(data)},
        .at = event.at
    };
}

Task<> Messages::apply_consequence(db::Session& tx, Context& ctx, const EmailEvent& event, const Stored& message) {
    auto cause = event.event == "dropped" ? cause_of_drop(event.reason) : std::string_view(event.event);
    if (cause == "bounce" && (event.hard || event.event == "dropped")) {
        tx.queue(suppress_sql, ctx.account_id, message.to_email, "bounce", message.id, ctx.now());
        co_await parts_.contacts.stop_follow_ups(tx, ctx, message.contact_id, "the e-mail address bounced");
    } else if (cause == "spamreport") {
        tx.queue(suppress_sql, ctx.account_id, message.to_email, "complaint", message.id, ctx.now());
        co_await parts_.contacts.unsubscribe(tx, ctx, message.contact_id, "marked an e-mail as spam");
    } else if (is_unsubscribe(cause)) {
        co_await parts_.contacts.unsubscribe(tx, ctx, message.contact_id, "unsubscribed");
    }
}

} // namespace doorstep::messages
