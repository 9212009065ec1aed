#include "modules/events/events.hpp"

#include "core/paging.hpp"
#include "core/time.hpp"

namespace doorstep::events {

namespace {

const db::Query insert_sql{"events.insert", R"sql(
    insert into events (account_id, id, at, kind, contact_id, task_id, message_id, actor_kind, actor_id, actor_name, data, trace_id, ip)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
)sql"};

const db::Query insert_all_sql{"events.insert_all", R"sql(
    insert into events (account_id, id, at, kind, contact_id, task_id, message_id, actor_kind, actor_id, actor_name, data, trace_id, ip)
    select $1, e.id, e.at, e.kind, nullif(e.contact_id, '')::uuid, nullif(e.task_id, '')::uuid, nullif(e.message_id, '')::uuid,
        $9, $10, $11, e.data, $12, $13
    from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])
        as e (id, at, kind, contact_id, task_id, message_id, data)
)sql"};

const db::Query insert_many_sql{"events.insert_many", R"sql(
    insert into events (account_id, id, at, kind, contact_id, actor_kind, actor_id, actor_name, data, trace_id, ip)
    select $1, e.id, $2, $3, e.contact_id, $4, $5, $6, $7, $8, $11 from unnest($9::uuid[], $10::uuid[]) e (id, contact_id)
)sql"};

const db::Query timeline_sql{"events.timeline", R"sql(
    select id, kind, at, contact_id as client_id, task_id, message_id as email_id,
        json_build_object('kind', actor_kind, 'name', actor_name) as actor, data
    from events
    where account_id = $1 and contact_id = any ($2) and ($3::timestamptz is null or (at, id) < ($3, $4))
    order by at desc, id desc
    limit $5
)sql"};

const db::Query recent_sql{"events.recent", R"sql(
    select e.id, case e.kind when 'email_sent' then 'email' else e.kind end as type, e.at, e.contact_id as client_id,
        c.name as client_name, m.subject, m.to_email as "to", m.status, e.actor_name as actor, e.data
    from events e
    left join contacts c on c.account_id = e.account_id and c.id = e.contact_id
    left join messages m on m.account_id = e.account_id and m.id = e.message_id
    where e.account_id = $1 and e.kind <> all ($3)
    order by e.at desc, e.id desc
    limit $2
)sql"};

const db::Query replay_sql{"events.replay", R"sql(
    select id, kind, at, contact_id as client_id, task_id, message_id as email_id,
        json_build_object('kind', actor_kind, 'name', actor_name) as actor, data
    from events
    where account_id = $1 and (at, id) > (select at, id from events where account_id = $1 and id = $2)
    order by at, id
    limit 500
)sql"};

/// What belongs to the office and not to a person: signing in is no news on the dashboard.
const std::vector<std::string> not_activity{
    "signed_in",
    "signed_out",
    "api_key_made",
    "api_key_revoked",
    "member_invited",
    "invitation_revoked",
    "invitation_accepted",
    "member_role_changed",
    "member_deactivated",
    "member_reactivated",
    "member_removed",
    "business_created",
    "business_updated",
    "business_removed",
    "business_invited",
    "business_activated",
    "business_completed",
    "onboarding_plan_changed",
    "onboarding_step_saved",
    "onboarding_draft_saved",
    "onboarding_joined",
    "onboarding_completed",
    "onboarding_reminded",
    "onboarding_link_expired"
};

std::optional<Uuid> unless_nil(Uuid id) {
    return id.is_nil() ? std::nullopt : std::optional(id);
}

std::string live_data(
    std::string_view kind, Time at, const std::optional<Uuid>& contact, const std::optional<Uuid>& task,
    const std::optional<Uuid>& message
) {
    std::string out;
    JsonWriter writer(out);
    writer.begin_object();
    writer.key("kind");
    writer.string(kind);
    writer.key("client_id");
    write_json(writer, contact);
    writer.key("task_id");
    write_json(writer, task);
    writer.key("email_id");
    write_json(writer, message);
    writer.key("at");
    write_json(writer, at);
    writer.end_object();
    return out;
}

} // namespace

std::string_view actor_kind(const Actor& actor) {
    switch (actor.kind) {
    case Actor::Kind::user: return "user";
    case Actor::Kind::api_key: return "api_key";
    case Actor::Kind::contact: return "contact";
    case Actor::Kind::provider: return "provider";
    case Actor::Kind::nobody:
    case Actor::Kind::system: return "system";
    }
    return "system";
}

void Events::record(db::Session& tx, const Context& ctx, Entry entry) {
    auto now = ctx.now();
    auto at = entry.at.value_or(now);
    auto id = Uuid::v7(now);
    auto data = entry.data.text.empty() ? Json{"{}"} : std::move(entry.data);
    tx.queue(
        insert_sql, ctx.account_id, id, at, entry.kind, entry.contact_id, entry.task_id, entry.message_id,
        actor_kind(ctx.actor), unless_nil(ctx.actor.id), ctx.actor.name, data, ctx.trace_id,
        ctx.ip.empty() ? std::nullopt : std::optional(ctx.ip)
    );
    LiveNotice notice{
        ctx.account_id, id, entry.kind, live_data(entry.kind, at, entry.contact_id, entry.task_id, entry.message_id)
    };
    tx.after_commit([publish = publish_, notice = std::move(notice)] { publish(notice); });
}

void Events::record_all(db::Session& tx, const Context& ctx, std::vector<Entry> entries) {
    if (entries.empty()) return;
    auto now = ctx.now();
    std::vector<Uuid> ids;
    std::vector<Time> times;
    std::vector<std::string> kinds, contacts, tasks, messages, data;
    std::vector<LiveNotice> notices;
    auto text_of = [](const std::optional<Uuid>& id) { return id ? id->text() : std::string(); };
    for (auto& entry : entries) {
        ids.push_back(Uuid::v7(now));
        times.push_back(entry.at.value_or(now));
        contacts.push_back(text_of(entry.contact_id));
        tasks.push_back(text_of(entry.task_id));
        messages.push_back(text_of(entry.message_id));
        data.push_back(entry.data.text.empty() ? "{}" : std::move(entry.data.text));
        auto live = live_data(entry.kind, times.back(), entry.contact_id, entry.task_id, entry.message_id);
        notices.push_back({ctx.account_id, ids.back(), entry.kind, std::move(live)});
        kinds.push_back(std::move(entry.kind));
    }
    tx.queue(
        insert_all_sql, ctx.account_id, ids, times, kinds, contacts, tasks, messages, data, actor_kind(ctx.actor),
        unless_nil(ctx.actor.id), ctx.actor.name, ctx.trace_id, ctx.ip.empty() ? std::nullopt : std::optional(ctx.ip)
    );
    tx.after_commit([publish = publish_, notices = std::move(notices)] {
        for (const auto& notice : notices) publish(notice);
    });
}

void Events::record_many(
    db::Session& tx, const Context& ctx, const std::string& kind, const std::vector<Uuid>& contacts, const Json& data
) {
    if (contacts.empty()) return;
    auto now = ctx.now();
    std::vector<Uuid> ids;
    ids.reserve(contacts.size());
    for (std::size_t i = 0; i < contacts.size(); ++i) ids.push_back(Uuid::v7(now));
    tx.queue(
        insert_many_sql, ctx.account_id, now, kind, actor_kind(ctx.actor), unless_nil(ctx.actor.id), ctx.actor.name,
        data.text.empty() ? Json{"{}"} : data, ctx.trace_id, ids, contacts,
        ctx.ip.empty() ? std::nullopt : std::optional(ctx.ip)
    );
    auto none = std::optional<Uuid>();
    auto whom = contacts.size() == 1 ? std::optional(contacts.front()) : none;
    LiveNotice notice{ctx.account_id, ids.back(), kind, live_data(kind, now, whom, none, none)};
    tx.after_commit([publish = publish_, notice = std::move(notice)] { publish(notice); });
}

Task<Timeline> Events::timeline(Context& ctx, const std::vector<Uuid>& contact_ids, const TimelineFilter& filter) {
    std::int64_t limit = filter.limit ? filter.limit->value : 30;
    auto before = decode_time_cursor(filter.cursor);
    Timeline timeline;
    timeline.items =
        co_await db_.all<TimelineItem>(ctx, timeline_sql, ctx.account_id, contact_ids, before.at, before.id, limit + 1);
    timeline.next = cut_page(timeline.items, limit, [](const TimelineItem& last) {
        return std::vector{format_rfc3339(last.at), last.id.text()};
    });
    co_return timeline;
}

Task<std::vector<Activity>> Events::recent(Context& ctx, std::int64_t limit) {
    co_return co_await db_.all<Activity>(ctx, recent_sql, ctx.account_id, limit, not_activity);
}

Task<std::string> Events::replay(Context& ctx, Uuid after) {
    auto missed = co_await db_.all<TimelineItem>(ctx, replay_sql, ctx.account_id, after);
    std::string frames;
    for (auto& item : missed) {
        auto data = live_data(item.kind, item.at, item.client_id, item.task_id, item.email_id);
        frames += http::LiveHub::frame(item.kind, item.id.text(), data);
    }
    co_return frames;
}

std::string encode(const LiveNotice& notice) {
    return notice.account_id.text() + '|' + notice.event_id.text() + '|' + notice.kind + '|' + notice.data;
}

std::optional<LiveNotice> decode(std::string_view text) {
    if (text.size() < 75 || text[36] != '|' || text[73] != '|') return std::nullopt;
    auto account = Uuid::parse(text.substr(0, 36));
    auto event = Uuid::parse(text.substr(37, 36));
    auto bar = text.find('|', 74);
    if (!account || !event || bar == text.npos) return std::nullopt;
    return LiveNotice{*account, *event, std::string(text.substr(74, bar - 74)), std::string(text.substr(bar + 1))};
}

} // namespace doorstep::events
