#include "modules/contacts/search.hpp"

#include <algorithm>

#include "modules/contacts/search_sql.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::size_t most_terms = 8;
constexpr std::size_t most_alternatives = 8;
constexpr char end_of_key = '\x01'; ///< sorts before whatever may follow in a longer one

const db::Query search_sql{"search.clients", "with" MATCHING("$2", "$3", "$4") R"sql(
    select 'client' as type, c.id, c.name as title, concat_ws(' · ', c.email, c.phone, c.property_address) as detail, c.stage, m.score
    from (select * from matching order by score desc, contact_id desc limit 200) m
    join contacts c on c.account_id = $1 and c.id = m.contact_id and c.deleted_at is null
    order by m.score desc, c.last_contacted desc nulls last, lower(c.name), c.id limit $5
)sql"};

const db::Query spellings_sql{"search.spellings", R"sql(
    select distinct t.term, s.word from unnest($2::text[]) term_as_typed
    cross join lateral (select app.fold(term_as_typed) as term offset 0) t
    cross join lateral app.spellings(t.term) v
    join contact_spellings s on s.account_id = $1 and s.variant = v
    limit 1000
)sql"};

struct Spelling {
    std::string term;
    std::string word;
    BOOST_DESCRIBE_CLASS(Spelling, (), (term, word), (), ())
};

bool is_phone_like(std::string_view text) {
    auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    bool plain = std::ranges::all_of(text, [](char c) {
        return std::string_view("0123456789 +-().").find(c) != std::string_view::npos;
    });
    return plain && digits >= 4;
}

bool splits(char c) {
    auto byte = static_cast<unsigned char>(c);
    bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;
    return !alphanumeric;
}

void split_words(std::string_view text, Terms& terms) {
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !splits(text[i])) {
            word += text[i];
        } else if (!word.empty()) {
            terms.word(std::move(word));
            word.clear();
        }
    }
}

/// Letters to change, leave out, add or swap with a neighbour (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = std::min({change, last[j] + 1, now[j - 1] + 1});
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return last[b.size()];
}

/// The words nearest to a term, best first.
std::vector<std::string> nearest(const std::vector<Spelling>& spellings, std::string_view term) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (auto& spelling : spellings) {
        if (spelling.term != term) continue;
        auto far = distance(term, spelling.word);
        if (far <= (term.size() < 6 ? 1 : 2)) near.emplace_back(far, spelling.word);
    }
    std::ranges::sort(near);
    if (near.size() > most_alternatives) near.resize(most_alternatives);
    std::vector<std::string> words;
    for (auto& [far, word] : near) words.push_back(std::move(word));
    return words;
}

} // namespace

void Terms::word(std::string text) {
    texts.push_back(std::move(text));
    ends.emplace_back();
    ords.push_back(ords.empty() ? 1 : ords.back() + 1);
}

void Terms::key(std::string text) {
    auto itself = text;
    keys(std::move(itself), std::move(text));
}

void Terms::keys(std::string from, std::string to) {
    word(std::move(from));
    ends.back() = std::move(to) + end_of_key;
}

Terms read_terms(std::string_view typed) {
    Terms terms;
    if (is_phone_like(typed)) {
        std::string digits;
        for (char c : typed)
            if (c >= '0' && c <= '9') digits += c;
        terms.word(std::move(digits));
        return terms;
    }
    while (!typed.empty()) {
        auto space = std::min(typed.find(' '), typed.size());
        auto token = typed.substr(0, space);
        typed.remove_prefix(std::min(space + 1, typed.size()));
        if (token.find('@') != token.npos && token.size() > 1)
            terms.word(std::string(token));
        else
            split_words(token, terms);
    }
    if (terms.texts.size() > most_terms) {
        terms.texts.resize(most_terms);
        terms.ends.resize(most_terms);
        terms.ords.resize(most_terms);
    }
    return terms;
}

Task<std::optional<Terms>> corrected(db::Database& db, Context& ctx, const Terms& terms) {
    std::vector<std::string> doubtful;
    for (std::size_t i = 0; i < terms.texts.size(); ++i) {
        if (terms.ends[i].empty() && utf8_length(terms.texts[i]) >= 4) doubtful.push_back(terms.texts[i]);
    }
    if (doubtful.empty()) co_return std::nullopt;
    auto spellings = co_await db.all<Spelling>(ctx, spellings_sql, ctx.account_id, doubtful);
    if (spellings.empty()) co_return std::nullopt;
    Terms better;
    for (std::size_t i = 0; i < terms.texts.size(); ++i) {
        // As it was typed counts still: the word may only begin so, or be right.
        better.texts.push_back(terms.texts[i]);
        better.ends.push_back(terms.ends[i]);
        better.ords.push_back(terms.ords[i]);
        if (!terms.ends[i].empty()) continue;
        auto folded = to_lower_ascii(terms.texts[i]);
        for (auto& word : nearest(spellings, folded)) {
            better.ends.push_back(word + end_of_key);
            better.texts.push_back(std::move(word));
            better.ords.push_back(terms.ords[i]);
        }
    }
    co_return better;
}

Task<SearchResult> search(db::Database& db, Context& ctx, const SearchFilter& filter) {
    SearchResult result;
    auto terms = read_terms(filter.q ? std::string_view(filter.q->value) : std::string_view());
    if (terms.empty()) co_return result;
    std::int64_t limit = filter.limit ? filter.limit->value : 20;
    result.items = co_await db.all<SearchHit>(ctx, search_sql, ctx.account_id, terms.texts, terms.ends, terms.ords, limit);
    if (!result.items.empty()) co_return result;
    auto better = co_await corrected(db, ctx, terms);
    if (!better) co_return result;
    result.items =
        co_await db.all<SearchHit>(ctx, search_sql, ctx.account_id, better->texts, better->ends, better->ords, limit);
    result.corrected = !result.items.empty();
    co_return result;
}

} // namespace doorstep::contacts
