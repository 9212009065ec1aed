#include "app/sign_in_letters.hpp"

#include <fmt/format.h>

#include <map>

namespace doorstep::app {

namespace {

using doorstep::jobs::Outcome;

constexpr std::string_view purpose = "sign_in.letter";

struct Sealed {
    std::string type;
    Email to;
    std::string to_name;
    std::map<std::string, std::string> facts;
    BOOST_DESCRIBE_CLASS(Sealed, (), (type, to, to_name, facts), (), ())
};

/// What happened to the account, as a security alert says it.
std::string_view happening(std::string_view what) {
    static const std::map<std::string_view, std::string_view> words{
        {"password_changed", "Your password was changed, and every session ended."},
        {"session_reused", "A session of yours was used from two places, so we ended it. Somebody may have copied it."},
        {"signed_up_again", "Somebody tried to sign up with your address. You have an account already; nothing was changed."},
        {"totp_added", "An authenticator app was added to your account."},
        {"totp_removed", "The authenticator app was removed from your account."},
        {"recovery_codes_renewed", "New recovery codes were made. The old ones are void."},
        {"passkey_added", "A passkey was added to your account."},
        {"passkey_removed", "A passkey was removed from your account."},
        {"passkey_copied", "A copy of your passkey was refused. Remove the passkey and add a new one."},
    };
    auto found = words.find(what);
    return found == words.end() ? what : found->second;
}

struct Words {
    std::string subject;
    std::string text;
};

Words words_of(const Sealed& letter, const std::string& public_url) {
    auto fact = [&](const std::string& name) {
        auto found = letter.facts.find(name);
        return found == letter.facts.end() ? std::string() : found->second;
    };
    if (letter.type == "sign_in_code") {
        return {
            "Your sign-in code",
            fmt::format(
                "Enter this code to sign in: {}\n\nIt works for {} minutes. If you are not signing in just now, somebody knows "
                "your password: change it.",
                fact("code"), fact("minutes")
            )
        };
    }
    if (letter.type == "verify_email") {
        return {
            "Confirm your address",
            fmt::format(
                "Open this link to confirm your address:\n{}\n\nIt works for a day. If you did not sign up, let it be.",
                fact("link")
            )
        };
    }
    if (letter.type == "password_reset") {
        return {
            "A new password",
            fmt::format(
                "Open this link to set a new password:\n{}\n\nIt works for {} minutes. If you did not ask for it, let it be.",
                fact("link"), fact("minutes")
            )
        };
    }
    return {
        "Security notice",
        fmt::format(
            "{}\n\nAddress: {}\n\nIf this was not you, change your password and end the sessions you do not know:\n{}",
            happening(fact("what")), fact("ip"), public_url + "/console/settings/security"
        )
    };
}

std::string as_html(std::string_view text) {
    std::string html = "<p>";
    for (char c : text) {
        switch (c) {
        case '&': html += "&amp;"; break;
        case '<': html += "&lt;"; break;
        case '>': html += "&gt;"; break;
        case '\n': html += "<br>"; break;
        default: html += c;
        }
    }
    return html + "</p>";
}

} // namespace

void SignInLetters::post(db::Session& tx, const Context& ctx, const identity::Letter& letter) {
    Sealed plain{std::string(letter.type), letter.to, letter.to_name, {letter.facts.begin(), letter.facts.end()}};
    doorstep::jobs::enqueue(tx, ctx, SendSignInLetter{sealer_.seal(to_json(plain), purpose)});
}

Task<Outcome> SignInLetters::send(Context& ctx, const doorstep::jobs::Run& run, const SendSignInLetter& job) {
    auto json = sealer_.open(job.sealed, purpose);
    if (!json) co_return Outcome::cancel("the letter was sealed with another master key");
    if (!sender_) co_return Outcome::snooze(ctx.now() + std::chrono::minutes{15}, "no provider of e-mail is configured");
    auto letter = from_json<Sealed>(*json);
    auto words = words_of(letter, from_.public_url);
    auto text = fmt::format("Hello {},\n\n{}\n", letter.to_name, words.text);
    messages::OutgoingEmail email{
        .email_id = run.id.text(),
        .account_id = ctx.account_id.text(),
        .from = from_.from_email,
        .from_name = from_.from_name,
        .to = letter.to,
        .to_name = letter.to_name,
        .subject = words.subject,
        .text = text,
        .html = as_html(text),
    };
    auto result = co_await sender_->send(email);
    switch (result.kind) {
    case messages::SendResult::Kind::accepted: co_return Outcome::done();
    case messages::SendResult::Kind::rejected: co_return Outcome::cancel(result.reason);
    case messages::SendResult::Kind::later: co_return Outcome::retry(result.reason, result.retry_at);
    // A code that comes twice does no harm; one that never comes does.
    case messages::SendResult::Kind::ambiguous: co_return Outcome::retry(result.reason);
    }
    co_return Outcome::done();
}

namespace {

Task<Outcome> send_letter(SignInLetters& letters, Context& ctx, const doorstep::jobs::Run& run, SendSignInLetter job) {
    co_return co_await letters.send(ctx, run, job);
}

} // namespace

void jobs(doorstep::jobs::Registry& registry, SignInLetters& letters) {
    registry.add<SendSignInLetter>(letters, send_letter, {.max_attempts = 6, .ack_now = true});
}

} // namespace doorstep::app
