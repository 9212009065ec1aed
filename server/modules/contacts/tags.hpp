#pragma once

#include <string>
#include <vector>

#include "core/described.hpp"
#include "db/database.hpp"

namespace doorstep::contacts {

struct TagCount {
    std::string tag;
    std::int64_t count = 0; ///< living clients that have it
    BOOST_DESCRIBE_CLASS(TagCount, (), (tag, count), (), ())
};

struct TagList {
    std::vector<TagCount> items;
    BOOST_DESCRIBE_CLASS(TagList, (), (items), (), ())
};

/// The tags in use, by name, with their counts (kept by the store, never counted on demand).
Task<TagList> list_tags(db::Database& db, Context& ctx);

} // namespace doorstep::contacts
