#include "modules/contacts/cleanup.hpp"

#include "core/address_hash.hpp"
#include "core/log.hpp"
#include "core/paging.hpp"
#include "jobs/jobs.hpp"

namespace doorstep::contacts {

namespace {

using namespace std::chrono_literals;

const db::Query retention_sql{"cleanup.retention", "select trash_days from retention where account_id = $1"};

const db::Query retain_sql{"cleanup.retain", R"sql(
    insert into retention (account_id, trash_days) values ($1, $2) on conflict (account_id) do update set trash_days = excluded.trash_days
)sql"};

const db::Query trash_sql{"cleanup.trash", R"sql(
    select id, name, email, deleted_at, deleted_at + make_interval(days => $2::integer) as purged_at from contacts
    where account_id = $1 and deleted_at is not null and merged_into is null
    order by deleted_at desc, id desc limit $3 offset $4
)sql"};

const db::Query count_trash_sql{"cleanup.count_trash", R"sql(
    select count(*) from contacts where account_id = $1 and deleted_at is not null and merged_into is null
)sql"};

const db::Query find_sql{"cleanup.find", R"sql(
    select id, coalesce(email_key, phone_e164, phone) as known_by from contacts where account_id = $1 and id = $2 for update
)sql"};

// With all who were merged into them: it is the same person.
const db::Query people_sql{"cleanup.people", R"sql(
    with recursive people (id) as (
        select id from contacts where account_id = $1 and id = $2
        union
        select c.id from people p join contacts c on c.account_id = $1 and c.merged_into = p.id
    )
    select id from people
)sql"};

const db::Query documents_sql{"cleanup.documents", "select file_id from documents where account_id = $1 and contact_id = $2"};

// The file that a person came in, once nobody needs it to go on.
const db::Query sources_sql{"cleanup.sources", R"sql(
    select distinct i.file_id from import_rows r join imports i on i.account_id = r.account_id and i.id = r.import_id
    where r.account_id = $1 and r.contact_id = $2 and i.state in ('done', 'undone') and i.file_id is not null
)sql"};

const db::Query addresses_sql{"cleanup.addresses", "select app.addresses_of($1, $2)"};

const db::Query hide_sql{"cleanup.hide_suppression", R"sql(
    insert into suppressions (account_id, channel, address_key, reason, created_at)
    select account_id, channel, $3, reason, created_at from suppressions where account_id = $1 and address_key = $2
    on conflict do nothing
)sql"};

const db::Query forget_webhooks_sql{"cleanup.forget_webhooks", "select app.forget_webhooks($1)"};

const db::Query erase_sql{"cleanup.erase", "select app.erase_contact($1, $2)"};

const db::Query certify_sql{"cleanup.certify", R"sql(
    insert into erasures (account_id, id, contact_id, subject_hash, reason, erased, erased_by, erased_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning id, contact_id, subject_hash, reason, erased, erased_by, erased_at
)sql"};

const db::Query certificates_sql{"cleanup.certificates", R"sql(
    select id, contact_id, subject_hash, reason, erased, erased_by, erased_at from erasures
    where account_id = $1 order by erased_at desc, id desc limit 500
)sql"};

const db::Query accounts_sql{"cleanup.accounts", "select id from accounts"};

// People are seen by their own account alone, so each account's trash is asked for by itself.
const db::Query due_sql{"cleanup.due", R"sql(
    select c.id from contacts c left join retention r on r.account_id = c.account_id
    where c.account_id = $1 and c.deleted_at < $2::timestamptz - make_interval(days => coalesce(r.trash_days, 30))
        and (c.merged_into is null or not exists (
            select from contacts k where k.account_id = c.account_id and k.id = c.merged_into and k.deleted_at is null
        ))
    order by c.deleted_at limit 200
)sql"};

struct Found {
    Uuid id;
    std::string known_by;
    BOOST_DESCRIBE_CLASS(Found, (), (id, known_by), (), ())
};

Json summed(const std::vector<Json>& all) {
    std::map<std::string, std::int64_t> sums;
    for (auto& counts : all) {
        auto document = JsonDocument::parse(counts.text);
        document.root().each_member([&sums](std::string_view table, JsonView rows) {
            sums[std::string(table)] += rows.integer();
        });
    }
    return Json{to_json(sums)};
}

} // namespace

Task<Retention> Cleanup::retention(Context& ctx) {
    auto kept = co_await db_.maybe<Retention>(ctx, retention_sql, ctx.account_id);
    co_return kept.value_or(Retention{});
}

Task<Retention> Cleanup::retain(Context& ctx, const RetentionPatch& patch) {
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(retain_sql, ctx.account_id, patch.trash_days);
        Json data{R"({"trash_days":)" + std::to_string(patch.trash_days.value) + "}"};
        events_.record(tx, ctx, {.kind = "retention_changed", .data = std::move(data)});
    };
    co_await db_.transaction(ctx, body);
    co_return Retention{patch.trash_days};
}

Task<http::Page<Trashed>> Cleanup::trash(Context& ctx, const TrashFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto kept = co_await retention(ctx);
    http::Page<Trashed> page;
    page.items = co_await db_.all<Trashed>(ctx, trash_sql, ctx.account_id, kept.trash_days, paging.limit, paging.offset());
    page.page = paging.page;
    page.limit = paging.limit;
    page.total = co_await db_.one<std::int64_t>(ctx, count_trash_sql, ctx.account_id);
    co_return page;
}

Task<Cleanup::Wiped> Cleanup::wipe(db::Session& tx, Context& ctx, Uuid contact) {
    Wiped wiped;
    auto key = sealer_.derive(suppressed_addresses);
    auto people = co_await tx.all<Uuid>(people_sql, ctx.account_id, contact);
    // Those merged into somebody first: they refer to whom they became.
    for (auto person = people.rbegin(); person != people.rend(); ++person) {
        auto papers = co_await tx.all<Id<files::File>>(documents_sql, ctx.account_id, *person);
        auto sources = co_await tx.all<Id<files::File>>(sources_sql, ctx.account_id, *person);
        papers.insert(papers.end(), sources.begin(), sources.end());
        if (!papers.empty()) files_.destroy(tx, ctx, papers);
        auto addresses = co_await tx.all<std::string>(addresses_sql, ctx.account_id, *person);
        for (auto& address : addresses) tx.queue(hide_sql, ctx.account_id, address, address_hash(key, ctx.account_id, address));
        wiped.addresses.insert(wiped.addresses.end(), addresses.begin(), addresses.end());
        wiped.counts.push_back(co_await tx.one<Json>(erase_sql, ctx.account_id, *person));
    }
    co_return wiped;
}

Task<Certificate> Cleanup::erase(Context& ctx, Id<Client> id, const EraseRequest& request) {
    auto now = ctx.now();
    auto certificate_id = Id<Certificate>::make(now);
    auto body = [&](db::Session& tx) -> Task<Certificate> {
        auto found = co_await tx.maybe<Found>(find_sql, ctx.account_id, id);
        if (!found) throw not_found("client");
        auto subject = address_hash(sealer_.derive("erasure certificates"), ctx.account_id, found->known_by);
        auto wiped = co_await wipe(tx, ctx, id.value);
        auto webhooks = co_await tx.one<std::int64_t>(forget_webhooks_sql, wiped.addresses);
        if (webhooks > 0) wiped.counts.push_back(Json{R"({"inbound_webhooks":)" + std::to_string(webhooks) + "}"});
        auto erased = summed(wiped.counts);
        auto certificate = co_await tx.one<Certificate>(
            certify_sql, ctx.account_id, certificate_id, id, subject, request.reason, erased, ctx.actor.name, now
        );
        Json data{R"({"certificate_id":")" + certificate_id.text() + "\"}"};
        events_.record(tx, ctx, {.kind = "client_erased", .data = std::move(data)});
        co_return certificate;
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<CertificateList> Cleanup::certificates(Context& ctx) {
    CertificateList list;
    list.items = co_await db_.all<Certificate>(ctx, certificates_sql, ctx.account_id);
    co_return list;
}

Task<std::int64_t> Cleanup::empty_trash(Context& ctx, std::vector<std::string>& addresses) {
    auto due = co_await db_.all<Uuid>(ctx, due_sql, ctx.account_id, ctx.now());
    for (auto& contact : due) {
        auto body = [&](db::Session& tx) -> Task<Wiped> {
            auto wiped = co_await wipe(tx, ctx, contact);
            events_.record(tx, ctx, {.kind = "client_purged"});
            co_return wiped;
        };
        auto wiped = co_await db_.transaction(ctx, body);
        addresses.insert(addresses.end(), wiped.addresses.begin(), wiped.addresses.end());
    }
    co_return std::int64_t(due.size());
}

Task<> Cleanup::purge(Context& ctx) {
    std::int64_t gone = 0;
    std::vector<std::string> addresses;
    std::exception_ptr problem;
    auto accounts = co_await db_.all<Uuid>(ctx, accounts_sql);
    for (auto& account : accounts) {
        Context own(ctx);
        own.all_accounts = false;
        own.account_id = account;
        // One account's trouble is no reason for the others to wait.
        try {
            gone += co_await empty_trash(own, addresses);
        } catch (const jobs::Lost&) {
            throw;
        } catch (const std::exception& error) {
            log::error("a trash could not be emptied", {{"account", account.text()}, {"error", error.what()}});
            problem = std::current_exception();
        }
    }
    if (!addresses.empty()) co_await db_.one<std::int64_t>(ctx, forget_webhooks_sql, addresses);
    if (gone > 0) log::info("trash emptied", {{"contacts", gone}});
    if (problem) std::rethrow_exception(problem);
}

} // namespace doorstep::contacts
