#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"

namespace doorstep::contacts {

/// What is sought, as the statements take it: alternatives of one word share an `ord`, counted from 1.
struct Terms {
    std::vector<std::string> texts;
    std::vector<std::string> ends; ///< what no word found may reach; empty: any word that begins with the text is found
    std::vector<std::int64_t> ords;

    bool empty() const { return texts.empty(); }
    /// A word that must begin so.
    void word(std::string text);
    /// A key that must be there: "#tag", "=field=value".
    void key(std::string text);
    /// A key that must be there, from one to another, both included.
    void keys(std::string from, std::string to);
};

/// The words of what somebody typed; a telephone number in any writing is one. At most eight.
Terms read_terms(std::string_view typed);

/// The same with words that people here really have in place of those nobody has, mistyped by a letter or two; nullopt where there
/// are none.
Task<std::optional<Terms>> corrected(db::Database& db, Context& ctx, const Terms& terms);

struct SearchFilter {
    std::optional<Line<0, 100>> q;
    std::optional<Int<1, 50>> limit;
    BOOST_DESCRIBE_CLASS(SearchFilter, (), (q, limit), (), ())
};

/// Something found, of any kind of object.
struct SearchHit {
    std::string type; ///< "client"
    Uuid id;
    std::string title;
    std::string detail; ///< what tells it from others of the same name
    std::string stage;
    std::int64_t score = 0;
    BOOST_DESCRIBE_CLASS(SearchHit, (), (type, id, title, detail, stage, score), (), ())
};

struct SearchResult {
    std::vector<SearchHit> items;
    bool corrected = false; ///< nothing was found as typed: these are the nearest
    BOOST_DESCRIBE_CLASS(SearchResult, (), (items, corrected), (), ())
};

/// Best match first. Nothing asked finds nothing.
Task<SearchResult> search(db::Database& db, Context& ctx, const SearchFilter& filter);

} // namespace doorstep::contacts
