#include "modules/messages/letter.hpp"

#include <fmt/format.h>

#include "core/text.hpp"

namespace doorstep::messages {

namespace {

/// The next address of the web in a line, without the signs of the sentence around it; empty where there is none.
std::string_view next_link(std::string_view line) {
    auto begin = std::min(line.find("https://"), line.find("http://"));
    if (begin == line.npos) return {};
    auto link = line.substr(begin, line.find_first_of(" \t<>\"", begin) - begin);
    while (!link.empty() && std::string_view(".,;:!?)]'").find(link.back()) != std::string_view::npos) link.remove_suffix(1);
    return link;
}

/// A line with its addresses as links, so that what is clicked can be counted.
std::string linked(std::string_view line) {
    std::string out;
    for (auto link = next_link(line); !link.empty(); link = next_link(line)) {
        out += escape_html(line.substr(0, std::size_t(link.data() - line.data())));
        auto address = escape_html(link);
        out += "<a href=\"" + address + "\">" + address + "</a>";
        line.remove_prefix(std::size_t(link.data() - line.data()) + link.size());
    }
    return out + escape_html(line);
}

std::string paragraphs(std::string_view text) {
    std::string out;
    std::string paragraph;
    auto close = [&] {
        if (!paragraph.empty()) out += "<p>" + paragraph + "</p>\n";
        paragraph.clear();
    };
    while (!text.empty()) {
        auto end = text.find('\n');
        auto line = trim(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.empty()) {
            close();
        } else {
            if (!paragraph.empty()) paragraph += "<br>";
            paragraph += linked(line);
        }
    }
    close();
    return out;
}

constexpr auto frame =
    R"(<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>)"
    R"(<body style="margin:0;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;)"
    R"(line-height:1.5;color:#1f2328;background:#ffffff"><div style="max-width:600px;margin:0 auto">{}{}{}</div></body></html>)";

struct Words {
    std::string_view regards;
    std::string_view prefer_not;
    std::string_view unsubscribe;
};

const Words& words_of(accounts::Language language) {
    static constexpr Words english{"Best regards,", "If you prefer not to get such e-mails", "Unsubscribe from these e-mails"};
    static constexpr Words spanish{
        "Un cordial saludo,", "Si prefiere no recibir estos correos", "Darse de baja de estos correos"
    };
    return language == accounts::Language::es ? spanish : english;
}

/// Of what the office says of itself, one fact a line.
std::string signature_of(const accounts::SendingProfile& profile) {
    std::string signature(words_of(profile.language).regards);
    auto add = [&](const std::string& line) {
        if (!line.empty()) signature += "\n" + line;
    };
    add(profile.agent_name);
    add(profile.agent_title.value_or(""));
    if (profile.account_name != profile.agent_name) add(profile.account_name);
    add(profile.agent_phone.value_or(""));
    add(profile.website.value_or(""));
    return signature;
}

} // namespace

Letter make_letter(
    const std::string& text, const std::string& html, const accounts::SendingProfile& profile,
    const std::string& unsubscribe_url
) {
    auto& words = words_of(profile.language);
    auto signature = profile.signature.value_or(signature_of(profile));
    auto sender = profile.account_name + (profile.postal_address ? ", " + *profile.postal_address : std::string());

    Letter letter;
    letter.text = text + "\n\n" + signature + "\n\n--\n" + sender;
    if (!unsubscribe_url.empty()) letter.text += fmt::format("\n{}: {}", words.prefer_not, unsubscribe_url);
    letter.text += "\n";

    auto footer = fmt::format(
        R"(<p style="margin-top:32px;padding-top:12px;border-top:1px solid #d8dee4;font-size:12px;color:#59636e">{}{}</p>)",
        escape_html(sender),
        unsubscribe_url.empty() ? std::string()
                                : fmt::format(
                                      R"(<br><a href="{}" style="color:#59636e">{}</a>)", escape_html(unsubscribe_url),
                                      escape_html(words.unsubscribe)
                                  )
    );
    letter.html =
        fmt::format(frame, enum_text(profile.language), html.empty() ? paragraphs(text) : html, paragraphs(signature), footer);
    return letter;
}

std::string snippet(std::string_view text) {
    std::string line;
    for (auto c : text) {
        bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    if (utf8_length(line) <= 200) return line;
    auto cut = utf8_prefix(line, 200);
    auto space = cut.rfind(' ');
    if (space != cut.npos && utf8_length(cut.substr(0, space)) >= 150) cut = cut.substr(0, space);
    return std::string(cut) + "…";
}

} // namespace doorstep::messages
