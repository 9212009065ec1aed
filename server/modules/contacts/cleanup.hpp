#pragma once

#include "core/crypto.hpp"
#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

struct Retention {
    std::int64_t trash_days = 30; ///< how long what is deleted can be restored
    BOOST_DESCRIBE_CLASS(Retention, (), (trash_days), (), ())
};

struct RetentionPatch {
    Int<1, 365> trash_days;
    BOOST_DESCRIBE_CLASS(RetentionPatch, (), (trash_days), (), ())
};

struct TrashFilter {
    std::optional<Int<1, 1'000'000>> page;
    std::optional<Int<1, 100>> limit;
    BOOST_DESCRIBE_CLASS(TrashFilter, (), (page, limit), (), ())
};

struct Trashed {
    Id<Client> id;
    std::string name;
    std::optional<Email> email;
    Time deleted_at;
    Time purged_at; ///< when it goes for good
    BOOST_DESCRIBE_CLASS(Trashed, (), (id, name, email, deleted_at, purged_at), (), ())
};

struct EraseRequest {
    Line<0, 500> reason;
    BOOST_DESCRIBE_CLASS(EraseRequest, (), (reason), (), ())
};

/// What is left of a person who was erased: that it was done, by whom, and how many rows of what went. Whom it was about can be told
/// only by those who know the e-mail address, or the phone number of who had none: its keyed hash is compared.
struct Certificate {
    Id<Certificate> id;
    Uuid contact_id;
    std::string subject_hash;
    std::string reason;
    Json erased; ///< rows by table
    std::string erased_by;
    Time erased_at;
    BOOST_DESCRIBE_CLASS(Certificate, (), (id, contact_id, subject_hash, reason, erased, erased_by, erased_at), (), ())
};

struct CertificateList {
    std::vector<Certificate> items;
    BOOST_DESCRIBE_CLASS(CertificateList, (), (items), (), ())
};

/// What is deleted goes for good in time; who asks for it, at once.
class Cleanup {
public:
    Cleanup(db::Database& db, events::Events& events, files::Files& files, const Sealer& sealer)
        : db_(db), events_(events), files_(files), sealer_(sealer) {}

    Task<Retention> retention(Context& ctx);
    Task<Retention> retain(Context& ctx, const RetentionPatch& patch);
    Task<http::Page<Trashed>> trash(Context& ctx, const TrashFilter& filter);
    /// Everything that is kept about a person goes: records, notes, documents, messages, raw webhooks, and what the history says of
    /// them. That an address must not be written to survives, as its keyed hash.
    Task<Certificate> erase(Context& ctx, Id<Client> id, const EraseRequest& request);
    Task<CertificateList> certificates(Context& ctx);
    /// Of all accounts. A schedule.
    Task<> purge(Context& ctx);

private:
    /// What is gone, and by which addresses the person was known: raw webhooks may still name them.
    struct Wiped {
        std::vector<Json> counts;
        std::vector<std::string> addresses;
    };
    Task<Wiped> wipe(db::Session& tx, Context& ctx, Uuid contact);
    /// Of the context's account; adds the addresses of whom it wiped.
    Task<std::int64_t> empty_trash(Context& ctx, std::vector<std::string>& addresses);

    db::Database& db_;
    events::Events& events_;
    files::Files& files_;
    const Sealer& sealer_;
};

void routes(http::Router& router, Cleanup& cleanup);

} // namespace doorstep::contacts
