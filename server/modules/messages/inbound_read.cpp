#include <algorithm>
#include <array>

#include "core/email.hpp"
#include "core/text.hpp"
#include "modules/messages/inbound.hpp"

namespace doorstep::messages {

namespace {

bool has_any(std::string_view text, auto& phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) { return text.find(phrase) != text.npos; });
}

constexpr std::array away_words{
    "out of office",     "out of the office",   "on vacation",   "on holiday", "away from the office",
    "away from my desk", "fuera de la oficina", "de vacaciones", "ausencia",   "out-of-office",
};

constexpr std::array automatic_subjects{
    "automatic reply", "auto reply",           "auto-reply",          "autoreply",
    "auto:",           "respuesta automática", "réponse automatique", "automatische antwort",
};

constexpr std::array bounce_subjects{
    "undeliverable", "undelivered mail", "delivery status notification", "mail delivery failed", "delivery has failed",
    "returned mail", "failure notice",
};

// Short answers that consist of such words ask to be left alone; in a longer one they may mean anything.
constexpr std::array out_phrases{
    "unsubscribe",       "remove me",       "take me off",    "opt out",           "opt-out",
    "stop emailing",     "stop e-mailing",  "stop mailing",   "stop sending",      "stop contacting",
    "no more emails",    "no more e-mails", "don't email me", "do not email me",   "don't contact me",
    "do not contact me", "darme de baja",   "dar de baja",    "dame de baja",      "deme de baja",
    "no me escriba",     "no más correos",  "no mas correos", "dejen de escribir", "quíteme de la lista",
};

constexpr std::array out_words{"stop", "remove", "cancel", "unsubscribe", "baja", "end", "quit"};

constexpr std::size_t longest_request = 120; // bytes
constexpr std::array<std::string_view, 4> quote_marks{
    "-----original message-----",
    "________________________________",
    "-----mensaje original-----",
    "begin forwarded message:",
};

/// "On Tue, Mar 5, 2030 at 9:00 AM Ada wrote:" and its kin; a long one is broken into two lines.
bool begins_quote(std::string_view line, std::string_view next) {
    auto lower = to_lower_ascii(trim(line));
    if (std::ranges::any_of(quote_marks, [&](auto mark) { return lower.starts_with(mark); })) return true;
    auto both = lower + " " + to_lower_ascii(trim(next));
    auto attributed = [&](std::string_view opening, std::string_view closing) {
        return both.starts_with(opening) && (lower.ends_with(closing) || (both.ends_with(closing) && lower.size() > 30));
    };
    if (attributed("on ", "wrote:") || attributed("el ", "escribió:") || attributed("am ", "schrieb:")) return true;
    return lower.starts_with("from: ") && to_lower_ascii(trim(next)).starts_with("sent: ");
}

std::string_view next_line(std::string_view& rest) {
    auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return line;
}

} // namespace

std::string header_of(std::string_view headers, std::string_view name) {
    std::string value;
    bool ours = false;
    while (!headers.empty()) {
        auto line = next_line(headers);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.front() == ' ' || line.front() == '\t') {
            if (ours) value += " " + std::string(trim(line));
            continue;
        }
        if (ours) return value;
        auto colon = line.find(':');
        ours = colon != line.npos && to_lower_ascii(trim(line.substr(0, colon))) == to_lower_ascii(name);
        if (ours) value = trim(line.substr(colon + 1));
    }
    return value;
}

std::optional<std::string> address_in(std::string_view mailbox) {
    auto open = mailbox.rfind('<');
    if (open != mailbox.npos) mailbox = mailbox.substr(open + 1, mailbox.find('>', open) - open - 1);
    Email email;
    if (Field<Email>::parse(trim(mailbox), email)) return std::nullopt;
    return email.key();
}

InboundKind kind_of(const InboundEmail& email) {
    auto subject = to_lower_ascii(email.subject);
    auto from = address_in(email.from).value_or("");
    bool postmaster = from.starts_with("mailer-daemon@") || from.starts_with("postmaster@");
    auto type = to_lower_ascii(header_of(email.headers, "Content-Type"));
    if (postmaster || type.find("delivery-status") != type.npos || has_any(subject, bounce_subjects))
        return InboundKind::bounce;

    auto submitted = to_lower_ascii(header_of(email.headers, "Auto-Submitted"));
    auto precedence = to_lower_ascii(header_of(email.headers, "Precedence"));
    bool automatic = (!submitted.empty() && submitted != "no") || !header_of(email.headers, "X-Autoreply").empty() ||
                     !header_of(email.headers, "X-Autorespond").empty() || precedence == "auto_reply" || precedence == "bulk" ||
                     precedence == "junk" || header_of(email.headers, "Return-Path") == "<>" ||
                     has_any(subject, automatic_subjects);
    bool away = has_any(subject, away_words);
    if (away) return InboundKind::out_of_office;
    if (!automatic) return InboundKind::reply;
    auto fresh = to_lower_ascii(fresh_text(email.text));
    return has_any(fresh, away_words) ? InboundKind::out_of_office : InboundKind::auto_reply;
}

std::string fresh_text(std::string_view text) {
    std::string fresh;
    while (!text.empty()) {
        auto line = next_line(text);
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto peek = text;
        if (begins_quote(line, next_line(peek))) break;
        if (line.starts_with('>')) continue;
        fresh += line;
        fresh += '\n';
    }
    return std::string(trim(fresh));
}

bool wants_out(std::string_view subject, std::string_view fresh) {
    auto bare = [](std::string_view text) {
        auto lower = to_lower_ascii(trim(text));
        while (!lower.empty() && (lower.back() == '.' || lower.back() == '!')) lower.pop_back();
        return lower;
    };
    auto words = bare(fresh);
    auto is_word = [](const std::string& text) { return std::ranges::find(out_words, text) != out_words.end(); };
    if (is_word(words)) return true;
    if (words.empty() || words == bare(subject)) return bare(subject) == "unsubscribe" || bare(subject) == "stop";
    if (words.size() > longest_request) return false;
    // "Please don't stop" and "did you unsubscribe?" ask for something else.
    bool other = words.ends_with('?') || words.find("don't stop") != words.npos || words.find("do not stop") != words.npos ||
                 words.find("don't unsubscribe") != words.npos || words.find("not unsubscribe") != words.npos;
    return !other && has_any(words, out_phrases);
}

std::vector<Uuid> referred_ids(std::string_view headers) {
    std::vector<Uuid> ids;
    auto references = header_of(headers, "In-Reply-To") + " " + header_of(headers, "References");
    std::string_view rest = references;
    while (ids.size() < 50) {
        auto open = rest.find('<');
        if (open == rest.npos) break;
        rest.remove_prefix(open + 1);
        if (auto id = Uuid::parse(rest.substr(0, rest.find_first_of("@>")))) ids.push_back(*id);
    }
    return ids;
}

std::string message_ids(std::string_view header, std::size_t most) {
    constexpr std::size_t longest = 250;
    std::vector<std::string> ids;
    while (true) {
        auto open = header.find('<');
        if (open == header.npos) break;
        auto close = header.find_first_of("<>", open + 1);
        if (close == header.npos) break;
        auto id = header.substr(open, close - open + 1);
        bool plain = std::ranges::all_of(id, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
        bool whole = id.ends_with('>') && id.size() > 2 && id.size() <= longest;
        if (plain && whole && std::ranges::find(ids, id) == ids.end()) ids.emplace_back(id);
        header.remove_prefix(header[close] == '<' ? close : close + 1);
    }
    // RFC 5322: a long thread keeps its beginning and loses what follows it.
    if (ids.size() > most) ids.erase(ids.begin() + (most > 1 ? 1 : 0), ids.end() - std::ptrdiff_t(most > 1 ? most - 1 : most));
    std::string line;
    for (auto& id : ids) line += (line.empty() ? "" : " ") + id;
    return line;
}

} // namespace doorstep::messages
