#include "modules/messages/inbound.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "modules/messages/letter.hpp"
#include "modules/messages/stored.hpp"

namespace doorstep::messages {

namespace {

constexpr std::size_t longest_text = 100'000;
constexpr std::size_t longest_html = 500'000; // what the parser of HTML is fed

const db::Query message_sql{"inbound.message", "select" STORED_COLUMNS "from messages where id = any ($1) order by id limit 1"};

const db::Query person_sql{"inbound.person", R"sql(
    select id from (
        select id, 0 as rank from contacts where account_id = $1 and email_key = $2 and deleted_at is null
        union all
        select c.id, 1 from contact_points p join contacts c on c.account_id = $1 and c.id = p.contact_id
        where p.account_id = $1 and p.kind = 'email' and p.key = $2 and c.deleted_at is null
    ) known order by rank, id limit 1
)sql"};

const db::Query insert_sql{"inbound.insert", R"sql(
    insert into received_emails (account_id, id, contact_id, message_id, provider_key, kind, from_email, from_name, to_email, subject,
                                 body_text, body_html, fresh_text, attachments, received_at, message_key, mail_references)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, nullif($16, ''), $17)
    on conflict (account_id, provider_key) do nothing
    returning id
)sql"};

const db::Query contacted_sql{"inbound.contacted", R"sql(
    update contacts set last_contacted = greatest(last_contacted, $3) where account_id = $1 and id = $2
)sql"};

/// A stranger's text as the store can hold it.
std::string storable(std::string_view text, std::size_t longest) {
    std::string out(text.substr(0, longest));
    std::erase(out, '\0');
    while (!out.empty() && !is_utf8(out)) {
        // Cut within a character, or bytes that are no UTF-8 at all: those are shown as question marks.
        auto shorter = out.substr(0, out.size() - 1);
        if (is_utf8(shorter)) return shorter;
        for (auto& c : out) {
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
        }
    }
    return out;
}

std::string one_line(std::string_view text, std::size_t longest) {
    auto line = storable(text, longest);
    for (auto& c : line) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return std::string(trim(line));
}

std::string name_in(std::string_view mailbox) {
    auto name = std::string(trim(mailbox.substr(0, mailbox.rfind('<'))));
    std::erase(name, '"');
    return name.find('@') == std::string::npos ? name : std::string();
}

std::string event_kind(InboundKind kind) {
    switch (kind) {
    case InboundKind::reply: return "email_replied";
    case InboundKind::auto_reply: return "email_auto_replied";
    case InboundKind::out_of_office: return "email_out_of_office";
    case InboundKind::bounce: return "email_returned";
    }
    return "email_replied";
}

} // namespace

Task<> Messages::take_inbound(http::Context& ctx) {
    if (!parts_.inbound) throw unavailable("not_configured", "No SendGrid verification key is configured.");
    parts_.inbound->verify(*ctx.request, ctx.now());
    auto email = parts_.inbound->parse(*ctx.request);
    Context everyone = ctx;
    everyone.all_accounts = true;
    // Attachments are not kept; all that is read later is.
    auto kept = to_json(email);
    auto provider = std::string(parts_.inbound->name()) + "_inbound";
    auto body = [&](db::Session& tx) -> Task<> {
        auto id = co_await mail::keep_webhook(tx, everyone, provider, kept, {});
        jobs::enqueue(tx, everyone, ProcessInbound{id});
    };
    co_await parts_.db.transaction(everyone, body);
}

Task<> Messages::process_inbound(Context& job, Uuid webhook_id) {
    Context ctx = job;
    ctx.all_accounts = true;
    auto kept = co_await mail::read_webhook(parts_.db, ctx, webhook_id);
    if (!kept) co_return;
    auto email = from_json<InboundEmail>(*kept);
    auto origin = co_await find_origin(ctx, email);
    Json outcome{R"({"matched":false})"};
    if (origin.account) {
        Context scoped = job;
        scoped.account_id = *origin.account;
        scoped.actor = {Actor::Kind::contact, origin.contact ? origin.contact->value : Uuid{}, name_in(email.from)};
        bool added = co_await receive(scoped, email, origin);
        outcome = Json{std::string(R"({"matched":true,"added":)") + (added ? "true}" : "false}")};
    }
    co_await mail::finish_webhook(parts_.db, ctx, webhook_id, outcome);
}

Task<Messages::Origin> Messages::find_origin(Context& ctx, const InboundEmail& email) {
    auto from = address_in(email.from).value_or("");
    Origin origin;
    std::vector<Uuid> candidates;
    for (auto& to : email.to) {
        auto recipient = read_recipient(address_in(to).value_or(""));
        if (recipient.message) candidates.push_back(*recipient.message);
        if (recipient.account) origin.account = recipient.account;
    }
    // The reply address is proof by itself; what merely refers to a letter must come from whom it went to.
    bool proven = !candidates.empty();
    if (!proven) candidates = referred_ids(email.headers);
    if (!candidates.empty()) {
        auto message = co_await parts_.db.maybe<Stored>(ctx, message_sql, candidates);
        bool from_recipient = message && Email{message->to_email}.key() == from;
        bool same_office = message && (!origin.account || *origin.account == message->account_id);
        if (message && same_office && (proven || from_recipient)) {
            origin.account = message->account_id;
            origin.contact = message->contact_id;
            origin.message = message->id;
        }
    }
    if (origin.account && !origin.contact && !from.empty()) {
        // People are seen within their office alone.
        Context office = ctx;
        office.all_accounts = false;
        office.account_id = *origin.account;
        origin.contact = co_await parts_.db.maybe<Id<Client>>(office, person_sql, *origin.account, from);
    }
    co_return origin;
}

Task<bool> Messages::receive(Context& ctx, const InboundEmail& email, const Origin& origin) {
    auto kind = kind_of(email);
    auto html = email.html.empty() ? std::string() : sanitize_html(storable(email.html, longest_html));
    auto text = storable(email.text.empty() ? html_to_text(html) : email.text, longest_text);
    auto fresh = fresh_text(text);
    auto subject = one_line(email.subject, 400);
    auto message_key = header_of(email.headers, "Message-ID");
    auto thread = header_of(email.headers, "References") + " " + header_of(email.headers, "In-Reply-To");
    auto key = message_key.empty() || message_key.size() > 300 ? "sha256:" + sha256_hex(to_json(email)) : message_key;
    auto id = Id<ReceivedEmail>::make(ctx.now());
    auto from = one_line(address_in(email.from).value_or(email.from), 254);
    auto to = email.to.empty() ? std::string() : one_line(email.to.front(), 254);

    auto body = [&](db::Session& tx) -> Task<bool> {
        auto added = co_await tx.maybe<Uuid>(
            insert_sql, ctx.account_id, id, origin.contact, origin.message, storable(key, 400), kind, from,
            one_line(name_in(email.from), 200), to, subject, text, html, fresh, email.attachments, ctx.now(),
            message_ids(message_key, 1), message_ids(thread, 20)
        );
        if (!added) co_return false;
        Json data{
            R"({"subject":)" + json_quote(subject) + R"(,"snippet":)" + json_quote(snippet(fresh)) + R"(,"received_id":")" +
            id.text() + "\"}"
        };
        auto contact = origin.contact ? std::optional(origin.contact->value) : std::nullopt;
        auto message = origin.message ? std::optional(origin.message->value) : std::nullopt;
        parts_.events.record(
            tx, ctx, {.kind = event_kind(kind), .contact_id = contact, .message_id = message, .data = std::move(data)}
        );
        if (kind != InboundKind::reply || !origin.contact) co_return true;
        tx.queue(contacted_sql, ctx.account_id, *origin.contact, ctx.now());
        if (wants_out(subject, fresh)) {
            co_await parts_.contacts.unsubscribe(tx, ctx, *origin.contact, "asked for it in a reply");
        } else {
            co_await parts_.contacts.stop_follow_ups(tx, ctx, *origin.contact, "replied");
        }
        co_return true;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::messages
