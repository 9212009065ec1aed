#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/described.hpp"
#include "http/message.hpp"

namespace doorstep::messages {

/// An e-mail that somebody wrote, as a provider hands it on. Everything in it is a stranger's.
struct InboundEmail {
    std::string from;            ///< the header: "Kim Doe <kim@example.com>"
    std::vector<std::string> to; ///< whom it reached: the envelope's recipients, then those of the headers
    std::string envelope_from;   ///< empty: a machine's, which wants no answer
    std::string subject;
    std::string text;
    std::string html;
    std::string headers;                  ///< all of them, as they came
    std::vector<std::string> attachments; ///< their names; they are not kept
    BOOST_DESCRIBE_CLASS(InboundEmail, (), (from, to, envelope_from, subject, text, html, headers, attachments), (), ())
};

/// A provider's webhook for e-mail that comes in. Fulfilled in providers/.
class InboundEmailSource {
public:
    virtual ~InboundEmailSource() = default;
    virtual std::string_view name() const = 0;
    /// Throws Error 401 unless the raw body is signed by the provider and not too old by the product's clock.
    virtual void verify(const http::Request& request, Time now) const = 0;
    /// Throws Error 400 or 415 where the body is no e-mail.
    virtual InboundEmail parse(const http::Request& request) const = 0;
};

/// What an e-mail that came in is: a person's answer, or a machine's.
enum class InboundKind { reply, auto_reply, out_of_office, bounce };
BOOST_DESCRIBE_ENUM(InboundKind, reply, auto_reply, out_of_office, bounce)

/// The value of a header, unfolded; empty where there is none.
std::string header_of(std::string_view headers, std::string_view name);
/// "kim@example.com" of "Kim Doe <Kim@Example.com>", in the form that compares equal; nullopt where it is none.
std::optional<std::string> address_in(std::string_view mailbox);
InboundKind kind_of(const InboundEmail& email);
/// What the person wrote this time, without the letter that it answers.
std::string fresh_text(std::string_view text);
/// Whether the person asks, in so many words, to be left alone.
bool wants_out(std::string_view subject, std::string_view fresh);
/// What can be one of our ids in In-Reply-To and References.
std::vector<Uuid> referred_ids(std::string_view headers);
/// The "<id@host>" in a header, each once, separated by spaces; of more than `most` the first and the last ones.
std::string message_ids(std::string_view header, std::size_t most);

} // namespace doorstep::messages
