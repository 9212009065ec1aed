#include "modules/mail/template.hpp"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <optional>

#include "core/embedded.hpp"
#include "core/html.hpp"
#include "core/phrases.hpp"
#include "core/text.hpp"

namespace doorstep::mail {

namespace {

using kainjow::mustache::data;

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool names_an_empty_one(std::string_view text, const Values& values) {
    auto names = variables(text);
    return std::ranges::any_of(names, [&](const std::string& name) {
        auto found = values.find(name);
        return found == values.end() || trim(found->second).empty();
    });
}

struct Block {
    enum class Kind { paragraph, large, button };
    Kind kind = Kind::paragraph;
    std::string text;    ///< a button's label
    std::string address; ///< a button's
};

Block read_block(std::string_view text) {
    bool one_line = text.find('\n') == text.npos;
    if (one_line && text.starts_with("# ")) return {Block::Kind::large, std::string(trim(text.substr(2))), {}};
    auto middle = text.find("](");
    if (one_line && text.starts_with('[') && text.ends_with(')') && middle != text.npos) {
        auto address = text.substr(middle + 2, text.size() - middle - 3);
        return {Block::Kind::button, std::string(text.substr(1, middle - 1)), std::string(trim(address))};
    }
    return {Block::Kind::paragraph, std::string(text), {}};
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (true) {
        auto end = text.find('\n');
        lines.push_back(trim(text.substr(0, end)));
        if (end == text.npos) return lines;
        text.remove_prefix(end + 1);
    }
}

std::vector<Block> read_blocks(std::string_view body) {
    std::vector<Block> blocks;
    std::string gathered;
    auto close = [&] {
        if (!gathered.empty()) blocks.push_back(read_block(gathered));
        gathered.clear();
    };
    for (auto line : lines_of(body)) {
        if (line.empty()) {
            close();
            continue;
        }
        if (!gathered.empty()) gathered += '\n';
        gathered += line;
    }
    close();
    return blocks;
}

std::string on_one_line(std::string text) {
    std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return std::string(trim(text));
}

data lines_data(std::string_view text) {
    data lines(data::type::list);
    bool first = true;
    for (auto line : lines_of(text)) {
        data item;
        item.set("text", std::string(line));
        item.set("first", first);
        lines.push_back(item);
        first = false;
    }
    return lines;
}

std::string plain(const Block& block) {
    if (block.kind == Block::Kind::button) return block.text + ":\n" + block.address;
    return block.text;
}

data html_data(const Block& block) {
    data item;
    item.set("paragraph", block.kind == Block::Kind::paragraph);
    item.set("large", block.kind == Block::Kind::large);
    item.set("button", block.kind == Block::Kind::button);
    item.set("text", block.text);
    item.set("address", block.address);
    item.set("lines", lines_data(block.text));
    return item;
}

std::string render_frame(std::string_view file, data values) {
    auto text = embedded_template(file);
    kainjow::mustache::mustache frame{std::string(text.value())};
    frame.set_custom_escape([](const std::string& part) { return escape_html(part); });
    return frame.render(values);
}

} // namespace

Template read_template(std::string_view file) {
    constexpr std::string_view label = "Subject: ";
    auto end = file.find('\n');
    auto first = file.substr(0, end);
    if (!first.starts_with(label) || end == file.npos) throw std::logic_error("a letter's template begins with its subject");
    return {std::string(trim(first.substr(label.size()))), std::string(trim(file.substr(end + 1)))};
}

std::string find_mistake(std::string_view text) {
    std::string mistake;
    split_variables(
        text,
        [&](std::string_view part) {
            if (part.find("{{") != part.npos || part.find("}}") != part.npos)
                mistake = "has braces that do not belong together; a variable is written {{name}}";
        },
        [&](std::string_view name) {
            if (!is_name(name)) mistake = "has {{" + std::string(name) + "}}, which is no variable's name";
        }
    );
    return mistake;
}

std::set<std::string, std::less<>> variables(std::string_view text) {
    std::set<std::string, std::less<>> names;
    split_variables(text, [](std::string_view) {}, [&](std::string_view name) { names.emplace(name); });
    return names;
}

std::vector<std::string> button_addresses(std::string_view body) {
    std::vector<std::string> addresses;
    for (auto& block : read_blocks(body)) {
        if (block.kind == Block::Kind::button) addresses.push_back(std::move(block.address));
    }
    return addresses;
}

Rendered render(const Template& letter, const Values& values, const Frame& frame) {
    Rendered out;
    out.subject = on_one_line(fill_in(letter.subject, values));
    data blocks(data::type::list);
    for (auto& block : read_blocks(letter.body)) {
        if (names_an_empty_one(block.text, values) || names_an_empty_one(block.address, values)) continue;
        block.text = fill_in(block.text, values);
        block.address = on_one_line(fill_in(block.address, values));
        out.text += plain(block) + "\n\n";
        blocks.push_back(html_data(block));
    }
    out.text += "--\n" + frame.footer + "\n";
    data around;
    around.set("language", frame.language);
    around.set("subject", out.subject);
    around.set("brand", frame.brand);
    around.set("blocks", blocks);
    around.set("footer", lines_data(frame.footer));
    out.html = render_frame("mail/frame.mustache", std::move(around));
    return out;
}

} // namespace doorstep::mail
