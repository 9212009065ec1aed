#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "http/router.hpp"
#include "jobs/jobs.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/ai/ai.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/events/events.hpp"
#include "modules/mail/mail.hpp"
#include "modules/messages/inbound.hpp"
#include "modules/templates/templates.hpp"

namespace doorstep::messages {

using contacts::Client;
using mail::EmailEvent;
using mail::EmailEventSource;
using mail::EmailSender;
using mail::OutgoingEmail;
using mail::SendResult;

enum class Status { queued, sent, delivered, opened, clicked, bounced, failed, dropped, spamreport, deferred };
BOOST_DESCRIBE_ENUM(Status, queued, sent, delivered, opened, clicked, bounced, failed, dropped, spamreport, deferred)

/// `followup`: automatic, at most once, held by quiet hours and caps. `personal`: a person pressed send.
enum class Class { followup, personal };
BOOST_DESCRIBE_ENUM(Class, followup, personal)

enum class Source { ai, template_, person };
BOOST_DESCRIBE_ENUM(Source, ai, template_, person)

inline Source source_of(ai::Source source) {
    return source == ai::Source::ai ? Source::ai : Source::template_;
}

struct EmailSummary {
    Id<EmailSummary> id;
    std::optional<Uuid> task_id;
    Id<Client> client_id;
    std::string client_name;
    std::string from_email;
    std::string from_name;
    std::string to_email;
    std::string subject;
    std::string body;
    std::string text_body;
    Status status = Status::queued;
    Source source = Source::person;
    std::optional<std::string> sendgrid_message_id;
    std::optional<std::string> error_message;
    std::int64_t retry_count = 0;
    std::optional<Time> held_until;
    std::optional<std::string> hold_reason;
    std::optional<Time> undo_until; ///< it can be taken back until then
    Time created_at;
    std::optional<Time> sent_at;
    std::optional<Time> delivered_at;
    std::optional<Time> opened_at;
    std::optional<Time> clicked_at;
    BOOST_DESCRIBE_CLASS(
        EmailSummary, (),
        (id, task_id, client_id, client_name, from_email, from_name, to_email, subject, body, text_body, status, source,
         sendgrid_message_id, error_message, retry_count, held_until, hold_reason, undo_until, created_at, sent_at,
         delivered_at, opened_at, clicked_at),
        (), ()
    )
};

struct WebhookEvent {
    std::string event;
    Time timestamp;
    std::optional<std::string> ip;
    std::optional<std::string> useragent;
    std::optional<std::string> url;
    std::string sg_event_id;
    bool machine = false;
    BOOST_DESCRIBE_CLASS(WebhookEvent, (), (event, timestamp, ip, useragent, url, sg_event_id, machine), (), ())
};

struct ReceivedEmail;

/// An e-mail with its whole history.
struct EmailDetail : EmailSummary {
    std::optional<Id<ReceivedEmail>> answers_id; ///< the e-mail that came in and is answered
    std::vector<WebhookEvent> webhook_events;    ///< in the order of their time
    BOOST_DESCRIBE_CLASS(EmailDetail, (EmailSummary), (answers_id, webhook_events), (), ())
};

struct EmailFilter {
    std::optional<Id<Client>> client_id;
    std::optional<Status> status;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(EmailFilter, (), (client_id, status, page, limit, cursor), (), ())
};

struct PreviewRequest {
    Id<Client> client_id;
    std::optional<Uuid> task_id;
    std::optional<Text<0, 500>> agent_instructions;
    std::optional<Id<templates::Template>> template_id; ///< a letter of the library, instead of one that is written
    BOOST_DESCRIBE_CLASS(PreviewRequest, (), (client_id, task_id, agent_instructions, template_id), (), ())
};

struct Preview {
    std::string subject;
    std::string body;      ///< plain text
    std::string html_body; ///< as it would arrive
    std::string preview;   ///< the first 150 to 200 characters
    ai::Source source = ai::Source::template_;
    std::vector<ai::Fact> facts;       ///< what the draft could draw on; none for a letter of the library
    std::vector<ai::Warning> warnings; ///< what to look at before it goes
    std::vector<std::string> missing;  ///< variables of the letter that this record has nothing for
    BOOST_DESCRIBE_CLASS(Preview, (), (subject, body, html_body, preview, source, facts, warnings, missing), (), ())
};

/// A letter as it was edited.
struct CheckRequest {
    Id<Client> client_id;
    std::optional<Uuid> task_id;
    Line<0, 200> subject;
    Text<0, 100'000> body;
    std::optional<Text<0, 500>> agent_instructions;
    BOOST_DESCRIBE_CLASS(CheckRequest, (), (client_id, task_id, subject, body, agent_instructions), (), ())
};

struct Checked {
    std::vector<ai::Warning> warnings;
    std::string html_body; ///< both parts as they would arrive
    std::string text_body;
    BOOST_DESCRIBE_CLASS(Checked, (), (warnings, html_body, text_body), (), ())
};

struct SendRequest {
    Id<Client> client_id;
    std::optional<Uuid> task_id;
    std::optional<Email> to_email;
    std::optional<Line<1, 200>> subject;
    std::optional<Text<1, 100'000>> body; ///< plain text or HTML, of which only harmless elements are kept
    std::optional<Text<0, 500>> agent_instructions;
    std::optional<Id<templates::Template>> template_id; ///< serves where no subject or body is given
    std::optional<Int<0, 300>> undo_seconds;            ///< how long it can be taken back; none: it goes at once
    std::optional<Id<ReceivedEmail>> answers_id;        ///< what it answers, into whose thread it goes
    BOOST_DESCRIBE_CLASS(
        SendRequest, (),
        (client_id, task_id, to_email, subject, body, agent_instructions, template_id, undo_seconds, answers_id), (), ()
    )
};

/// The occasion of an e-mail: a follow-up task as far as messages need to know it.
struct Occasion {
    Uuid task_id;
    std::string followup_type;
    std::string notes;
    bool open = true;                                 ///< pending, not mailed yet
    bool stepped = false;                             ///< part of a journey, whose steps keep a distance
    std::optional<Id<templates::Template>> letter_id; ///< of the library: sent instead of one that is written
};

/// What tasks need to know about their messages; journeys fulfils it.
class TaskBook {
public:
    virtual ~TaskBook() = default;
    /// Error 404 unless the task exists and belongs to the contact.
    virtual Task<Occasion> require_occasion(Context& ctx, Uuid task_id, Id<Client> client) = 0;
    struct Mailed {
        Uuid task_id;
        Id<EmailSummary> message_id;
        Time at;
    };
    /// In the transaction that records hand-overs: each task is completed by its message.
    virtual Task<> mailed(db::Session& tx, Context& ctx, std::vector<Mailed> done) = 0;
    /// In the transaction that gives a message up: the task is shown as failed.
    virtual Task<> mail_failed(db::Session& tx, Context& ctx, Uuid task_id, std::string reason) = 0;
};

/// An e-mail that is to go out. `cause_key` is deterministic: the same cause never makes a second message.
struct NewEmail {
    std::string cause_key;
    Id<Client> client_id;
    std::optional<Occasion> occasion;
    Class class_ = Class::followup;
    Source source = Source::person;
    std::string subject;
    std::string text;
    std::string html; ///< sanitised; empty: made of the text
    std::optional<Email> to;
    std::optional<Id<ReceivedEmail>> answers_id;
    std::string in_reply_to = {}; ///< a message id of the mail's thread, and those before it
    std::string references = {};
};

/// The cause of a task's e-mail, whoever sends it.
inline std::string cause_of_task(Uuid task) {
    return "task:" + task.text();
}

/// The send gate's answer, always with a reason in words. `needs_person`: there is no address to send to.
struct Verdict {
    enum class Kind { allow, hold, needs_person, refuse };
    Kind kind = Kind::allow;
    std::string reason;
    Time until{}; ///< of a hold
};

/// 409 `no_email`, naming `client_id`.
Error no_email();

/// What became of a delivery, for the job that asked for it.
struct Delivery {
    enum class Kind {
        sent,         ///< handed over and recorded
        held,         ///< not now: `until`
        needs_person, ///< there is no address to send to: a person's work until there is one
        refused,      ///< the gate's no: the task is skipped with `reason`
        failed,       ///< given up, where a person sees it
        later,        ///< not taken; try again, not before `until` if set
        unsettled,    ///< in doubt: being reconciled, never repeated blindly
    };
    Kind kind = Kind::sent;
    std::string reason;
    std::optional<Time> until;
};

struct SendEmail {
    static constexpr std::string_view kind = "messages.send";
    Uuid message_id;
    BOOST_DESCRIBE_CLASS(SendEmail, (), (message_id), (), ())
};

struct ProcessWebhook {
    static constexpr std::string_view kind = "messages.webhook";
    Uuid webhook_id;
    BOOST_DESCRIBE_CLASS(ProcessWebhook, (), (webhook_id), (), ())
};

struct ProcessInbound {
    static constexpr std::string_view kind = "messages.inbound";
    Uuid webhook_id;
    BOOST_DESCRIBE_CLASS(ProcessInbound, (), (webhook_id), (), ())
};

/// An e-mail that came in.
struct ReceivedEmail {
    Id<ReceivedEmail> id;
    std::optional<Id<Client>> client_id; ///< null: from nobody that is known
    std::optional<std::string> client_name;
    std::optional<Id<EmailSummary>> email_id; ///< the one of ours that it answers
    InboundKind kind = InboundKind::reply;
    std::string from_email;
    std::string from_name;
    std::string to_email;
    std::string subject;
    std::string text_body;
    std::string body;       ///< HTML, of which only harmless elements are kept
    std::string fresh_text; ///< without what is quoted
    std::vector<std::string> attachments;
    std::optional<Id<EmailSummary>> answered_by; ///< the last e-mail from here that answers it
    Time received_at;
    BOOST_DESCRIBE_CLASS(
        ReceivedEmail, (),
        (id, client_id, client_name, email_id, kind, from_email, from_name, to_email, subject, text_body, body, fresh_text,
         attachments, answered_by, received_at),
        (), ()
    )
};

struct ReceivedFilter {
    std::optional<Id<Client>> client_id;
    std::optional<InboundKind> kind;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(ReceivedFilter, (), (client_id, kind, page, limit, cursor), (), ())
};

struct ForwardingAddress {
    std::optional<Email> address; ///< null: no domain is set up to receive
    BOOST_DESCRIBE_CLASS(ForwardingAddress, (), (address), (), ())
};

/// What configures sending where the account itself says nothing.
struct SendingDefaults {
    Email from_email{"hello@doorstep.test"};
    std::string from_name = "Doorstep";
    std::string public_url;
    std::string inbound_domain; ///< whose mail comes back here; empty: answers go to the agent alone
};

/// Everything sent and received; the one send gate. No provider of messages can be reached but through it.
class Messages {
public:
    struct Parts {
        db::Database& db;
        accounts::Accounts& accounts;
        contacts::Contacts& contacts;
        templates::Templates& templates;
        events::Events& events;
        ai::EmailWriter& writer;
        mail::Mail& mail;
        const Sealer& sealer;
        EmailSender* sender;               ///< null: no provider is configured, messages wait
        const EmailEventSource* sendgrid;  ///< null: its webhook answers 503
        const InboundEmailSource* inbound; ///< null: its webhook answers 503
        SendingDefaults defaults;
    };
    explicit Messages(Parts parts) : parts_(std::move(parts)) {}
    void use(TaskBook& tasks) { tasks_ = &tasks; }

    Task<http::Page<EmailSummary>> list(Context& ctx, const EmailFilter& filter);
    Task<EmailDetail> require(Context& ctx, Id<EmailSummary> id);
    Task<Preview> preview(Context& ctx, const PreviewRequest& request);
    /// Writes where no text is given, asks the gate, queues. 409 `already_mailed`, `unsubscribed`, `suppressed`.
    Task<EmailDetail> send(Context& ctx, const SendRequest& request);
    /// A failed e-mail once more. 409 unless it failed.
    Task<EmailDetail> retry(Context& ctx, Id<EmailSummary> id);
    /// The failed ones among these once more; what is none is reported.
    Task<contacts::BulkUpdated> retry_all(Context& ctx, const std::vector<std::string>& ids);
    /// Takes back a personal e-mail that is not on its way yet, and returns it as it was; 409 `already_sent` otherwise.
    Task<EmailDetail> cancel(Context& ctx, Id<EmailSummary> id);
    /// What a person should look at in an edited letter, and how it would arrive.
    Task<Checked> check_letter(Context& ctx, const CheckRequest& request);

    /// Writes a letter that nobody reads before it goes, with AI or template.
    Task<ai::Draft> write(
        Context& ctx, const Client& client, const std::optional<Occasion>& occasion, std::string instructions
    );
    /// The same for each of these that has no text yet, at the same time.
    Task<> write(Context& ctx, std::vector<NewEmail>& emails);
    /// The gate alone, for a message of that kind to this person now.
    Task<Verdict> check(Context& ctx, const NewEmail& email);
    /// The same of several, one after the other: who gets one has less room for the next.
    Task<std::vector<Verdict>> check(Context& ctx, const std::vector<NewEmail>& emails);
    /// Takes each through the gate, puts those it lets through into the store as `sending`, hands them over at the same time and
    /// records the results as they come. Where its cause has a message already, that one is delivered. Safe to call again with
    /// the same causes after any crash. The deliveries are in the order of the e-mails, each of which has its run.
    Task<std::vector<Delivery>> deliver(Context& ctx, const std::vector<jobs::Run>& runs, const std::vector<NewEmail>& emails);
    /// The same of what is in the store. `stepped`: of a journey.
    struct Waiting {
        Id<EmailSummary> id;
        bool stepped = false;
    };
    Task<std::vector<Delivery>> deliver(Context& ctx, const std::vector<jobs::Run>& runs, const std::vector<Waiting>& emails);
    /// The messages of those causes that have one already.
    Task<std::map<std::string, Id<EmailSummary>>> find_by_causes(Context& ctx, const std::vector<std::string>& causes);

    /// Verifies, keeps the raw bytes, and leaves the rest to a job.
    Task<http::Response> take_sendgrid(http::Context& ctx);
    Task<> process_webhook(Context& ctx, Uuid webhook_id);
    /// The same for an e-mail that came in.
    Task<> take_inbound(http::Context& ctx);
    Task<> process_inbound(Context& ctx, Uuid webhook_id);
    Task<http::Page<ReceivedEmail>> received(Context& ctx, const ReceivedFilter& filter);
    Task<ReceivedEmail> require_received(Context& ctx, Id<ReceivedEmail> id);
    /// Where answers to a message come in, and what an office forwards to; nullopt where no domain is set up for it.
    std::optional<Email> reply_address(Uuid message) const;
    std::optional<Email> forwarding_address(Uuid account) const;
    /// Settles what a crash left in doubt: shows what can't be resolved. Run by a schedule with an all-accounts context.
    Task<> reconcile(Context& ctx);

    /// The link of RFC 8058 one-click, without sign-in, for ever.
    std::string unsubscribe_url(Uuid account, Id<Client> client) const;
    /// What it shows, in the language of the letters; 404 for a token that is none of ours.
    Task<mail::UnsubscribePage> show_unsubscribe(Context& ctx, std::string token);
    /// No more follow-up for that person, and what to show then. Again and again with the same end.
    Task<mail::UnsubscribePage> unsubscribe(Context& ctx, std::string token);

private:
    struct Stored;
    struct Unsubscriber;
    struct Candidate;
    struct GateFacts;
    struct Claim;
    struct Handed;
    struct Post;
    using People = std::map<Id<Client>, Client>;
    /// What an address of ours stands for.
    struct Recipient {
        std::optional<Uuid> message;
        std::optional<Uuid> account;
    };
    /// Whose an e-mail that came in is.
    struct Origin {
        std::optional<Uuid> account;
        std::optional<Id<Client>> contact;
        std::optional<Id<EmailSummary>> message;
    };

    Unsubscriber unsubscriber_of(std::string_view token) const;
    Task<mail::UnsubscribePage> unsubscribe_page(Context& ctx, bool done);
    Recipient read_recipient(std::string_view address) const;
    /// Fills in what makes it an answer; 422 where the one that it answers is another client's.
    Task<> answer(Context& ctx, const SendRequest& request, const Client& client, NewEmail& email);
    /// The letter of the library that the occasion names, where there is one and the record has all that it speaks of.
    Task<std::optional<ai::Draft>> library_letter(Context& ctx, const Client& client, const std::optional<Occasion>& occasion);
    Task<Origin> find_origin(Context& ctx, const InboundEmail& email);
    /// False where it came in before.
    Task<bool> receive(Context& ctx, const InboundEmail& email, const Origin& origin);
    /// Whom these e-mails go to, as far as they live.
    Task<People> clients_of(Context& ctx, const std::vector<NewEmail>& emails);
    static Candidate candidate_of(const NewEmail& email, const People& people);
    /// All who lock several people do it in the same order.
    static void lock_people(db::Session& tx, Context& ctx, const std::vector<Uuid>& people);
    Task<std::vector<Verdict>> lock_and_judge(db::Session& tx, Context& ctx, const std::vector<Candidate>& candidates);
    Task<std::vector<Verdict>> judge(db::Session& tx, Context& ctx, const std::vector<Candidate>& candidates);
    Verdict judge(const GateFacts& facts, Class class_, bool stepped, Time now) const;
    /// Puts those of these messages into the store whose cause has none yet, and returns them.
    enum class Dispatch { waiting, sending };
    Task<std::vector<Stored>> insert(
        db::Session& tx, Context& ctx, const std::vector<NewEmail>& emails, const People& people,
        const accounts::SendingProfile& profile, Dispatch dispatch
    );
    Task<ai::Draft> write(
        Context& ctx, const Client& client, const std::optional<Occasion>& occasion, std::string instructions,
        const accounts::SendingProfile& profile
    );
    ai::EmailFacts facts_for(
        const Client& client, const std::optional<Occasion>& occasion, std::string instructions,
        const accounts::SendingProfile& profile
    ) const;
    /// Fills in what the request leaves out, from the library or by having it written.
    Task<> write_for(Context& ctx, const SendRequest& request, const Client& client, NewEmail& email);
    Task<std::vector<Uuid>> requeue(Context& ctx, const std::vector<Uuid>& ids);
    Task<Claim> claim(
        db::Session& tx, Context& ctx, const std::vector<NewEmail>& emails, const People& people,
        const accounts::SendingProfile& profile
    );
    Task<Claim> claim(db::Session& tx, Context& ctx, const std::vector<Waiting>& emails);
    Task<std::vector<Delivery>> hand_over(Context& ctx, const std::vector<jobs::Run>& runs, Claim claim);
    Task<> carry(Post& post, std::size_t place, const Stored& message, bool last);
    Task<> record(Context& ctx, Post& post, std::size_t expected);
    Task<std::vector<Delivery>> conclude(Context& ctx, const std::vector<Handed>& answers);
    /// The provider has the messages: recorded once, whoever learns of it first (the hand-over or an event).
    struct Sent {
        const Stored* message;
        std::string provider_id;
        Time at;
    };
    Task<> settle_sent(db::Session& tx, Context& ctx, const std::vector<Sent>& sent);
    Task<> put_in_doubt(db::Session& tx, Context& ctx, Id<EmailSummary> id, const std::string& reason);
    Task<> give_up(db::Session& tx, Context& ctx, const Stored& message, const std::string& reason);
    Task<std::int64_t> apply_events(
        Context& ctx, const std::vector<const EmailEvent*>& events, const std::vector<Stored>& messages
    );
    /// Nothing for what the timeline does not show.
    static std::optional<events::Entry> timeline_entry(const EmailEvent& event, const Stored& message);
    /// What an event means for the person's address and follow-up.
    Task<> apply_consequence(db::Session& tx, Context& ctx, const EmailEvent& event, const Stored& message);

    Parts parts_;
    TaskBook* tasks_ = nullptr;
};

void routes(http::Router& router, Messages& messages);
void jobs(jobs::Registry& registry, Messages& messages);

} // namespace doorstep::messages

template <>
struct doorstep::EnumText<doorstep::messages::Source> {
    static std::string_view text(messages::Source source) {
        switch (source) {
        case messages::Source::ai: return "ai";
        case messages::Source::template_: return "template";
        case messages::Source::person: return "person";
        }
        return "person";
    }
};
