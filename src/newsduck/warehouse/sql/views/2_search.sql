-- A text in the spelling of the index: half width, simplified, lower case.
create or replace macro fold(some_text) as translate(some_text, '{{fold_from}}', '{{fold_to}}');

-- Letters and digits only, as in headlines.folded.
create or replace macro fold_letters(some_text) as regexp_replace(fold(some_text), '[^\p{L}\p{N}]', '', 'g');

create or replace macro search_runs(folded) as regexp_extract_all(
    regexp_replace(folded, '[0-9a-z]+', ' ', 'g'), '[\p{L}\p{N}]+');

-- Two neighbouring letters, or a word in base 37: the numbers that `tokens.py` makes.
create or replace macro search_pairs(run) as list_transform(range(1, length(run)), lambda i:
    (unicode(substr(run, i, 1))::ubigint * 2097152 + unicode(substr(run, i + 1, 1))::ubigint));

create or replace macro search_word(word) as 9223372036854775808::ubigint + list_sum(list_transform(
    range(1, least(length(word), 12) + 1), lambda i:
    strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(word, i, 1))::hugeint
    * [1, 37, 1369, 50653, 1874161, 69343957, 2565726409, 94931877133, 3512479453921, 129961739795077, 4808584372417849, 177917621779460413][i]::hugeint
))::ubigint;

create or replace macro search_tokens(folded) as list_distinct(list_concat(
    flatten(list_transform(search_runs(folded), lambda run: search_pairs(run))),
    list_transform(regexp_extract_all(folded, '[0-9a-z]+'), lambda word: search_word(word))
));

-- A run of one letter is found by the range of all pairs that begin with it: here, where each range begins, ascending.
create or replace macro search_letters(folded) as list_sort(list_distinct(list_transform(
    list_filter(search_runs(folded), lambda run: length(run) = 1),
    lambda run: unicode(run)::ubigint * 2097152)));

-- The wordings that hold all of these words, the most telling first (BM25, k1 = 1.2, b = 0.75; a title counts
-- four times). Ask with constants: the tokens are then known to the planner, which skips whole row groups.
create or replace macro search(q, n := 50) as table (
    with asked as materialized (
        select search_tokens(fold(q)) as tokens, search_letters(fold(q)) as letters
    ), wanted as materialized (
        select unnest(tokens) as token from asked
    ), hits as materialized (
        select token, document, frequency from search_postings where token in (select token from wanted)
        union all
        select token, document, frequency from search_tail where token in (select token from wanted)
        union all  -- of the first letter, whose range is exact
        select min(token) // 2097152 * 2097152, document, least(sum(frequency), 255) from (
            select document, token, frequency from search_postings union all
            select document, token, frequency from search_tail
        ) where token between search_letters(fold(q))[1] and search_letters(fold(q))[1] + 2097151
        group by document
        union all  -- of all others, from the second to the last
        select token // 2097152 * 2097152 as letter, document, least(sum(frequency), 255) from (
            select document, token, frequency from search_postings union all
            select document, token, frequency from search_tail
        ) where token between search_letters(fold(q))[2] and search_letters(fold(q))[-1] + 2097151
            and list_contains((select letters from asked), token // 2097152 * 2097152)
        group by letter, document
    ), rarity as (
        select token, ln(1 + (s.documents - count(*) + 0.5) / (count(*) + 0.5)) as weight
        from hits, (select greatest(count(*), 1) as documents from search_documents) s
        group by token, s.documents
    ), scored as (
        select any_value(d.article_id) as article_id, sum(
            greatest(r.weight, 0.01) * h.frequency * 2.2
            / (h.frequency + 1.2 * (0.25 + 0.75 * d.length / l.usual))) as score
        from hits h
        join rarity r using (token)
        join search_documents d using (document)
        cross join (select avg(length) as usual from search_documents) l
        group by d.document  -- a token stands once a document: counting rows counts tokens
        having count(*) = (select len(tokens) + len(letters) from asked)
    ), best as materialized (
        select article_id, score from scored order by score desc limit n
    )
    select a.article_id, a.title, a.portal, a.published_at, a.url, round(b.score, 3) as score
    from best b join articles a using (article_id)
    order by b.score desc, a.published_at desc nulls last, a.article_id
);
comment on macro table search is 'Articles that hold all of these words, best first: from search(''经济 北京'') / 全文检索';
