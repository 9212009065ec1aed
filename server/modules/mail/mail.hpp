#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/email.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/router.hpp"
#include "jobs/jobs.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/mail/email_events.hpp"
#include "modules/mail/email_sender.hpp"

namespace doorstep::mail {

/// The occasions on which the product itself writes to the people who use it.
enum class Type {
    onboarding_invite,
    onboarding_complete,
    onboarding_reminder,
    password_reset,
    form_submission,
    rush_job_notification,
    blog_notification,
    document_review,
    verify_email,
    sign_in_code,
    security_alert,
    team_invitation,
    account_activated,
    digest,
    summary
};
BOOST_DESCRIBE_ENUM(
    Type, onboarding_invite, onboarding_complete, onboarding_reminder, password_reset, form_submission, rush_job_notification,
    blog_notification, document_review, verify_email, sign_in_code, security_alert, team_invitation, account_activated, digest,
    summary
)

enum class Language { en, es };
BOOST_DESCRIBE_ENUM(Language, en, es)

/// A letter to post. Which facts a type knows, which it needs and which of them are secrets: letter_types.cpp.
struct Letter {
    Type type = Type::security_alert;
    Email to;
    std::string to_name;
    std::map<std::string, std::string> facts;
    std::optional<Uuid> user;         ///< the recipient, where it is a user
    std::optional<Language> language; ///< unset: as the user has chosen, else the account's
    std::optional<Time> expires_at;   ///< not sent any more after this: a code that is no use then
    std::string unsubscribe_url;      ///< one-click, of what may be unsubscribed from (digest, summary)
};

enum class Status { pending, sent, delivered, opened, clicked, failed, bounced, complained };
BOOST_DESCRIBE_ENUM(Status, pending, sent, delivered, opened, clicked, failed, bounced, complained)

struct EmailLog {
    Id<EmailLog> id;
    std::string to_email;
    std::string to_name;
    Type email_type = Type::security_alert;
    Status status = Status::pending;
    std::optional<std::string> subject; ///< null until it is sent
    bool is_test = false;
    std::optional<std::string> provider;
    std::optional<std::string> mailgun_id;
    std::optional<std::string> error_message;
    Time created_at;
    std::optional<Time> sent_at;
    std::optional<Time> delivered_at;
    std::optional<Time> opened_at;
    std::int64_t open_count = 0;
    std::optional<Time> clicked_at;
    std::int64_t click_count = 0;
    BOOST_DESCRIBE_CLASS(
        EmailLog, (),
        (id, to_email, to_name, email_type, status, subject, is_test, provider, mailgun_id, error_message, created_at, sent_at,
         delivered_at, opened_at, open_count, clicked_at, click_count),
        (), ()
    )
};

struct LetterEvent {
    std::string event;
    Time at;
    std::optional<std::string> ip;
    std::optional<std::string> useragent;
    std::optional<std::string> url;
    bool machine = false; ///< not a person: a proxy that fetches every image
    BOOST_DESCRIBE_CLASS(LetterEvent, (), (event, at, ip, useragent, url, machine), (), ())
};

/// With the letter as it reads without its secrets, and its history.
struct EmailLogDetail : EmailLog {
    std::optional<Time> content_removed_at; ///< what it said was forgotten then: text and html are empty
    std::string text;
    std::string html;
    std::vector<LetterEvent> events; ///< in the order of their time
    BOOST_DESCRIBE_CLASS(EmailLogDetail, (EmailLog), (content_removed_at, text, html, events), (), ())
};

struct EmailLogFilter {
    std::optional<Type> email_type;
    std::optional<Status> status;
    std::optional<Line<0, 100>> search; ///< in the recipient's name and address
    std::optional<Time> from;           ///< this instant included
    std::optional<Time> until;          ///< this one not
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(EmailLogFilter, (), (email_type, status, search, from, until, page, limit, cursor), (), ())
};

struct EmailStatsFilter {
    std::optional<Int<1, 366>> days; ///< 30
    BOOST_DESCRIBE_CLASS(EmailStatsFilter, (), (days), (), ())
};

struct EmailCount {
    Type email_type = Type::security_alert;
    Status status = Status::pending;
    std::int64_t count = 0;
    BOOST_DESCRIBE_CLASS(EmailCount, (), (email_type, status, count), (), ())
};

struct EmailStats {
    std::vector<EmailCount> items;
    BOOST_DESCRIBE_CLASS(EmailStats, (), (items), (), ())
};

/// Whose words a letter has.
enum class Author { product, agency, account };
BOOST_DESCRIBE_ENUM(Author, product, agency, account)

struct LetterVariable {
    std::string name;
    std::string sample;
    bool required = false; ///< the body must have it: a link or code without which the letter is no use
    BOOST_DESCRIBE_CLASS(LetterVariable, (), (name, sample, required), (), ())
};

struct LetterTemplate {
    Type email_type = Type::security_alert;
    Language language = Language::en;
    std::string subject;
    std::string body;
    Author author = Author::product;
    std::optional<Time> updated_at;
    std::optional<std::string> updated_by;
    std::vector<LetterVariable> variables;
    BOOST_DESCRIBE_CLASS(
        LetterTemplate, (), (email_type, language, subject, body, author, updated_at, updated_by, variables), (), ()
    )
};

struct LetterTemplates {
    std::vector<LetterTemplate> items;
    BOOST_DESCRIBE_CLASS(LetterTemplates, (), (items), (), ())
};

struct LetterTemplateFilter {
    std::optional<Language> language; ///< en
    BOOST_DESCRIBE_CLASS(LetterTemplateFilter, (), (language), (), ())
};

struct LetterWords {
    Line<1, 200> subject;
    Text<1, 10'000> body; ///< blocks between blank lines: paragraphs, "# large", "[Label](address)"; {{variables}}
    BOOST_DESCRIBE_CLASS(LetterWords, (), (subject, body), (), ())
};

struct LetterPreview {
    std::string subject;
    std::string text;
    std::string html;
    BOOST_DESCRIBE_CLASS(LetterPreview, (), (subject, text, html), (), ())
};

struct LetterTestRequest {
    Email to;
    Type email_type = Type::security_alert;
    std::optional<Language> language;
    BOOST_DESCRIBE_CLASS(LetterTestRequest, (), (to, email_type, language), (), ())
};

struct DeliverLetter {
    static constexpr std::string_view kind = "mail.deliver";
    Uuid letter_id;
    BOOST_DESCRIBE_CLASS(DeliverLetter, (), (letter_id), (), ())
};

struct ProcessMailgun {
    static constexpr std::string_view kind = "mail.webhook";
    Uuid webhook_id;
    BOOST_DESCRIBE_CLASS(ProcessMailgun, (), (webhook_id), (), ())
};

// Webhooks as they came in, before their account is known: the raw bytes are kept and can be processed again. For all-accounts
// contexts.
/// `once`: what of its signature counts only once; Error 406 if it was seen before. Empty: nothing.
Task<Uuid> keep_webhook(
    db::Session& tx, const Context& ctx, std::string_view provider, const std::string& body, const std::string& once
);
Task<std::optional<std::string>> read_webhook(db::Database& db, const Context& ctx, Uuid id);
Task<> finish_webhook(db::Database& db, const Context& ctx, Uuid id, const Json& outcome);
/// Deletes what was processed a month ago. An all-accounts context.
Task<> forget_webhooks(db::Database& db, const Context& ctx);

/// The page behind a letter's link for those who want no more of them.
struct UnsubscribePage {
    Language language = Language::en;
    std::string title;
    std::string text;
    std::optional<std::string> button; ///< null: it is done

    http::Response html() const;
};

/// Whose name the product's letters carry, and where their footer leads.
struct Sender {
    Email from{"hello@doorstep.test"};
    std::string name = "Doorstep";
    std::string public_url;
};

/// The product's own letters: posted in the transaction of their cause, delivered at least once, logged.
class Mail {
public:
    struct Parts {
        db::Database& db;
        events::Events& events;
        audit::Audit& audit;
        const Sealer& sealer;
        EmailSender* sender;             ///< null: no provider is configured, letters wait
        const EmailEventSource* mailgun; ///< null: its webhook answers 503
        Sender from;
    };
    explicit Mail(Parts parts) : parts_(std::move(parts)) {}

    /// Logs the letter as pending and has it delivered once the transaction commits. In the name of ctx.account_id, in whose log
    /// it stands. A fact that the type does not know, or lacks, is a bug (std::logic_error).
    Id<EmailLog> post(db::Session& tx, const Context& ctx, const Letter& letter);
    /// What the job does: hands the letter over. Repeated until the provider has said yes or no; a repetition carries the same
    /// Message-ID.
    Task<jobs::Outcome> deliver(Context& ctx, const jobs::Run& run, Id<EmailLog> id);

    Task<http::Page<EmailLog>> list(Context& ctx, const EmailLogFilter& filter);
    Task<EmailLogDetail> require(Context& ctx, Id<EmailLog> id);
    /// Forgets what letters of 90 days ago said, that they were sent stays, and raw webhooks of a month ago. An all-accounts context;
    /// run by a schedule.
    Task<std::int64_t> forget_old(Context& ctx);
    Task<EmailStats> stats(Context& ctx, const EmailStatsFilter& filter);
    /// Any type, with made-up facts. 429 after 20 an hour.
    Task<EmailLog> send_test(Context& ctx, const LetterTestRequest& request);

    Task<LetterTemplates> list_templates(Context& ctx, Language language);
    Task<LetterTemplate> get_template(Context& ctx, Type type, Language language);
    /// 422 on a variable that this letter does not know, or where one is missing without which it is no use.
    Task<LetterTemplate> write_template(Context& ctx, Type type, Language language, const LetterWords& words);
    /// Back to the agency's words, or the product's.
    Task<LetterTemplate> reset_template(Context& ctx, Type type, Language language);
    /// With made-up facts.
    Task<LetterPreview> preview_template(Context& ctx, Type type, Language language, const LetterWords& words);

    /// Verifies, keeps the raw bytes, and leaves the rest to a job.
    Task<http::Response> take_mailgun(http::Context& ctx);
    Task<> process_mailgun(Context& ctx, Uuid webhook_id);
    /// Events of any provider, by an all-accounts context; those of no letter are left. Returns how many were new.
    Task<std::int64_t> apply_events(Context& ctx, const std::vector<const EmailEvent*>& events);

private:
    struct Stored;

    Id<EmailLog> insert(db::Session& tx, const Context& ctx, const Letter& letter, bool is_test);
    Task<jobs::Outcome> conclude(
        Context& ctx, const jobs::Run& run, const Stored& letter, const std::string& subject, const SendResult& result
    );

    Parts parts_;
};

void routes(http::Router& router, Mail& mail);
void jobs(jobs::Registry& registry, Mail& mail);

} // namespace doorstep::mail
