#pragma once

/// CTEs `terms` and `matching (contact_id, score)`: the contacts that have a word for each ord. Three parameters say what is sought:
/// texts, each one's end (empty: all words that begin so), and its ord; alternatives share one. The bounds are
/// columns, since under row-level security only comparisons with plain columns may use the index. Of a single word that more than 20,000
/// have, the latest count: nobody reads on so far.
#define MATCHING(texts, ends, ords)                                                                                       \
    " terms as materialized ("                                                                                            \
    "  select ord, max(ord) over () as most, upto, lo, coalesce(upto, lo || chr(1114111)) as hi"                          \
    "  from unnest(" texts "::text[], " ends "::text[], " ords "::integer[]) as t (term, term_end, ord)"                  \
    "  cross join lateral (select nullif(term_end, '') as upto) ends"                                                     \
    "  cross join lateral (select case when upto is null then app.fold(term) else term end as lo) folded),"               \
    " matching as materialized ("                                                                                         \
    "  select contact_id, sum(weight)::integer as score from ("                                                           \
    "   select t.ord, w.contact_id, max(w.weight + case when w.word = t.lo then 3 else 0 end) as weight"                  \
    "   from terms t cross join lateral ("                                                                                \
    "    (select contact_id, word, weight from contact_words where account_id = $1 and word >= t.lo and word < t.hi"      \
    "     order by word desc, contact_id desc limit case when t.upto is not null or t.most > 1 then null else 20000 end)" \
    "    union all"                                                                                                       \
    "    (select contact_id, word, 1 from note_words where account_id = $1 and word >= t.lo and word < t.hi limit 5000)"  \
    "   ) w group by t.ord, w.contact_id"                                                                                 \
    "  ) hits group by contact_id having count(*) = (select max(ord) from terms)) "
