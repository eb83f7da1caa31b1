-- One sorted run of postings: `from_document` … `to_document`, 250 distinct pairs of letters each, drawn from
-- 300,000 by Zipf and Mandelbrot: the commonest stands in a third of all texts.
insert into search_postings
select
    ((19968 + r % 3000) * 2097152 + 19968 + (r // 3000) * 29 % 3000)::ubigint as token,
    document, any_value(1 + j % 3)::utinyint
from (
    select document, j, floor(exp(hash(document * 1000 + j) / 18446744073709551615.0 * ln(3000)) * 100)::bigint - 100 as r
    from range(getvariable('from_document'), getvariable('to_document')) d(document), range(250) t(j)
)
group by token, document
order by token, document;
