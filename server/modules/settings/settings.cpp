#include "modules/settings/settings.hpp"

#include <algorithm>

namespace doorstep::settings {

namespace {

#define SETTINGS_COLUMNS                                                                                    \
    " name, language, zone, agent_name, agent_title, agent_phone, website, from_name, reply_to, signature," \
    " postal_address, to_char(make_interval(mins => quiet_from), 'HH24:MI') as send_from,"                  \
    " to_char(make_interval(mins => quiet_until), 'HH24:MI') as send_until, daily_cap, settings_version as version "

const db::Query find_sql{"settings.find", "select" SETTINGS_COLUMNS "from accounts where id = $1"};

const db::Query lock_sql{"settings.lock", "select" SETTINGS_COLUMNS "from accounts where id = $1 for no key update"};

const db::Query update_sql{"settings.update", R"sql(
    update accounts set
        name = $2, language = $3, zone = $4, agent_name = $5, agent_title = $6, agent_phone = $7, website = $8, from_name = $9,
        reply_to = $10, signature = $11, postal_address = $12, quiet_from = extract(epoch from $13::interval) / 60,
        quiet_until = extract(epoch from $14::interval) / 60, daily_cap = $15, settings_version = settings_version + 1
    where id = $1
    returning )sql" SETTINGS_COLUMNS};

/// Names what changed, for the history; the values stay in the record.
std::vector<std::string> changes(const Settings& before, const Settings& after) {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<MembersOf<Settings>>([&names, &before, &after](auto d) {
        if (std::string_view(d.name) == "version") return;
        if (to_json(before.*d.pointer) != to_json(after.*d.pointer)) names.emplace_back(d.name);
    });
    return names;
}

template <class T, class U>
void set_text(std::optional<T>& out, const Patch<std::optional<U>>& patch) {
    if (!patch) return;
    out.reset();
    if (*patch) out = T{patch->value().value};
}

Settings patched(Settings next, const SettingsPatch& patch) {
    if (patch.name) next.name = *patch.name;
    if (patch.language) next.language = *patch.language;
    if (patch.zone) next.zone = *patch.zone;
    set_text(next.agent_name, patch.agent_name);
    set_text(next.agent_title, patch.agent_title);
    if (patch.agent_phone) next.agent_phone = *patch.agent_phone;
    if (patch.website) next.website = *patch.website;
    set_text(next.from_name, patch.from_name);
    if (patch.reply_to) next.reply_to = *patch.reply_to;
    set_text(next.signature, patch.signature);
    set_text(next.postal_address, patch.postal_address);
    if (patch.send_from) next.send_from = *patch.send_from;
    if (patch.send_until) next.send_until = *patch.send_until;
    if (patch.daily_cap) next.daily_cap = *patch.daily_cap;
    return next;
}

} // namespace

Task<Settings> OfficeSettings::require(Context& ctx) {
    auto settings = co_await db_.maybe<Settings>(ctx, find_sql, ctx.account_id);
    if (!settings) throw not_found("account");
    co_return std::move(*settings);
}

Task<Settings> OfficeSettings::update(Context& ctx, const SettingsPatch& patch, const http::Precondition& precondition) {
    auto body = [&](db::Session& tx) -> Task<Settings> {
        auto before = co_await tx.maybe<Settings>(lock_sql, ctx.account_id);
        if (!before) throw not_found("account");
        precondition(std::to_string(before->version));
        auto next = patched(*before, patch);
        // Both are written with two digits each, so they compare as texts.
        if (next.send_from.value >= next.send_until.value) {
            throw invalid("send_until", "too_early", "must be later than send_from");
        }
        auto changed = changes(*before, next);
        if (changed.empty()) co_return std::move(*before);
        auto after = co_await tx.one<Settings>(
            update_sql, ctx.account_id, next.name, next.language, next.zone, next.agent_name, next.agent_title,
            next.agent_phone, next.website, next.from_name, next.reply_to, next.signature, next.postal_address, next.send_from,
            next.send_until, next.daily_cap
        );
        Json data{R"({"fields":)" + to_json(changed) + "}"};
        events_.record(tx, ctx, {.kind = "settings_changed", .data = std::move(data)});
        audit::Act act{
            .action = "settings_changed",
            .subject_kind = "account",
            .subject_id = ctx.account_id,
            .subject_name = after.name,
        };
        audit::set_change(act, *before, after);
        co_await audit_.record(tx, ctx, std::move(act));
        co_return after;
    };
    co_return co_await db_.transaction(ctx, body);
}

} // namespace doorstep::settings

namespace doorstep {

std::optional<Fault> Field<settings::TimeOfDay>::parse(std::string_view text, settings::TimeOfDay& out) {
    auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    bool shaped = text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
    if (!shaped || text > "24:00" || text[3] > '5') return Fault{"invalid", R"(must be a time of day like "08:00")"};
    out.value = text;
    return std::nullopt;
}

std::optional<Fault> Field<settings::WebLink>::parse(std::string_view text, settings::WebLink& out) {
    Line<1, 200> line;
    if (auto fault = Field<Line<1, 200>>::parse(text, line)) return fault;
    auto lower = to_lower_ascii(line.value);
    auto scheme = lower.starts_with("https://") ? 8u : lower.starts_with("http://") ? 7u : 0u;
    bool odd = line.value.find_first_of(" \"'<>\\`") != std::string::npos;
    if (scheme == 0 || lower.size() == scheme || odd) {
        return Fault{"invalid", R"(must be the address of a page like "https://example.com")"};
    }
    out.value = std::move(line.value);
    return std::nullopt;
}

} // namespace doorstep
