#pragma once

#include "modules/mail/mail.hpp"
#include "modules/mail/template.hpp"

namespace doorstep::mail {

/// Of a letter in email_logs: as its poster said, else as the recipient has chosen, else the account's.
#define LETTER_LANGUAGE                                                                       \
    " coalesce(nullif(email_logs.language, ''), (select d.language from digest_preferences d" \
    " join users u on u.id = d.user_id where d.account_id = email_logs.account_id"            \
    " and case when email_logs.user_id is null then u.email_key = lower(email_logs.to_email)" \
    " else d.user_id = email_logs.user_id end),"                                              \
    " (select a.language from accounts a where a.id = email_logs.account_id)) "

/// A letter as sending needs it.
struct Mail::Stored {
    Uuid account_id;
    Id<EmailLog> id;
    Type email_type = Type::security_alert;
    std::string to_email;
    std::string to_name;
    std::string language;
    Json facts;
    std::optional<std::string> secrets;
    std::string unsubscribe_url;
    std::optional<Time> expires_at;
    Status status = Status::pending;
    BOOST_DESCRIBE_CLASS(
        Stored, (),
        (account_id, id, email_type, to_email, to_name, language, facts, secrets, unsubscribe_url, expires_at, status), (), ()
    )
};

/// In whose name a letter goes.
struct House {
    std::string name;
    Zone zone;
    std::optional<std::string> postal_address;
    std::optional<std::string> reply_to;
    BOOST_DESCRIBE_CLASS(House, (), (name, zone, postal_address, reply_to), (), ())
};

/// What a letter is made of, but for the words around it.
struct Draft {
    Type type = Type::security_alert;
    Language language = Language::en;
    std::string to_name;
    std::map<std::string, std::string> facts;
};

Draft read_draft(Type type, std::string_view language, std::string to_name, const Json& facts);
/// Its secrets as dots.
Draft mask(Draft draft);

/// The product's own words.
Template built_in_template(Type type, Language language);
/// The account's words, else its agency's, else the product's.
Task<Template> find_template(db::Database& db, const Context& ctx, Type type, Language language);
Task<House> find_house(db::Database& db, const Context& ctx);
/// Fills the facts in: times are written for people, words that the product knows (reasons, roles) in the letter's language.
Rendered compose(const Template& words, const Draft& draft, const House& house, const Sender& sender);
/// Made-up facts, for tests and previews.
std::map<std::string, std::string> sample_facts(Type type, Language language);

} // namespace doorstep::mail
