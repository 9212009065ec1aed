#include "providers/sendgrid/inbound.hpp"

#include "core/json.hpp"
#include "core/text.hpp"
#include "http/multipart.hpp"
#include "providers/sendgrid/event_signature.hpp"

namespace doorstep::providers {

namespace {

using messages::InboundEmail;

constexpr std::size_t longest_part = 2 << 20;
constexpr std::size_t most_recipients = 50;

/// What Latin-1 and its Windows sibling say, in UTF-8.
std::string from_latin(std::string_view text) {
    static constexpr char32_t upper[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
    };
    std::string out;
    for (auto c : text) {
        auto byte = static_cast<unsigned char>(c);
        char32_t point = byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xC0 | (point >> 6));
            out += static_cast<char>(0x80 | (point & 0x3F));
        } else {
            out += static_cast<char>(0xE0 | (point >> 12));
            out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
            out += static_cast<char>(0x80 | (point & 0x3F));
        }
    }
    return out;
}

class Form {
public:
    explicit Form(const std::vector<http::FormPart>& parts)
        : parts_(parts), charsets_(JsonDocument::try_parse(bytes_of("charsets"))) {}

    std::string_view bytes_of(std::string_view name) const {
        for (auto& part : parts_) {
            if (part.name == name) return part.bytes.substr(0, longest_part);
        }
        return {};
    }

    /// In UTF-8. The parts keep the encodings that the mail had; the field `charsets` tells them.
    std::string text_of(std::string_view name) const {
        auto bytes = bytes_of(name);
        auto text = is_utf8(bytes) && !is_latin(name) ? std::string(bytes) : from_latin(bytes);
        std::erase(text, '\0');
        return text;
    }

private:
    bool is_latin(std::string_view name) const {
        if (!charsets_ || charsets_->root().kind() != JsonView::Kind::object) return false;
        auto charset = charsets_->root().find(name);
        if (!charset || charset->kind() != JsonView::Kind::string) return false;
        auto lower = to_lower_ascii(charset->string());
        return lower.starts_with("iso-8859-1") || lower == "windows-1252" || lower == "latin1";
    }

    const std::vector<http::FormPart>& parts_;
    std::optional<JsonDocument> charsets_;
};

void add_envelope(InboundEmail& email, std::string_view text) {
    auto envelope = JsonDocument::try_parse(text);
    if (!envelope || envelope->root().kind() != JsonView::Kind::object) return;
    auto from = envelope->root().find("from");
    if (from && from->kind() == JsonView::Kind::string) email.envelope_from = from->string();
    auto to = envelope->root().find("to");
    if (!to || to->kind() != JsonView::Kind::array) return;
    for (std::size_t i = 0; i < std::min(to->size(), most_recipients); ++i) {
        if (to->at(i).kind() == JsonView::Kind::string) email.to.emplace_back(to->at(i).string());
    }
}

void add_addresses(InboundEmail& email, std::string_view header) {
    while (!header.empty() && email.to.size() < most_recipients) {
        auto comma = header.find(',');
        auto one = trim(header.substr(0, comma));
        if (!one.empty()) email.to.emplace_back(one);
        header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
    }
}

class SendGridInbound : public messages::InboundEmailSource {
public:
    SendGridInbound(std::string_view keys, std::chrono::seconds tolerance)
        : keys_(split_verification_keys(keys)), tolerance_(tolerance) {}

    std::string_view name() const override { return "sendgrid"; }

    void verify(const http::Request& request, Time now) const override { require_signed(keys_, tolerance_, request, now); }

    InboundEmail parse(const http::Request& request) const override {
        auto type = request.header("Content-Type");
        if (!type || !to_lower_ascii(*type).starts_with("multipart/form-data")) {
            throw Error(415, "unsupported_media_type", "The body must be a form, as Inbound Parse posts it.");
        }
        auto parts = http::parse_multipart(*type, request.body);
        if (!parts) throw bad_request("malformed_form", std::string(parts.error()));
        Form form(*parts);
        InboundEmail email{
            .from = form.text_of("from"),
            .to = {},
            .envelope_from = {},
            .subject = form.text_of("subject"),
            .text = form.text_of("text"),
            .html = form.text_of("html"),
            .headers = form.text_of("headers"),
            .attachments = {},
        };
        if (email.from.empty()) throw bad_request("malformed_form", "The form has no field `from`: it is no e-mail.");
        add_envelope(email, form.bytes_of("envelope"));
        add_addresses(email, form.text_of("to"));
        add_addresses(email, form.text_of("cc"));
        for (auto& part : *parts) {
            if (part.filename && is_utf8(*part.filename)) email.attachments.emplace_back(utf8_prefix(*part.filename, 200));
        }
        return email;
    }

private:
    std::vector<std::string> keys_;
    std::chrono::seconds tolerance_;
};

} // namespace

std::unique_ptr<messages::InboundEmailSource> make_sendgrid_inbound(
    std::string_view verification_keys, std::chrono::seconds tolerance
) {
    return std::make_unique<SendGridInbound>(verification_keys, tolerance);
}

} // namespace doorstep::providers
