-- By address: headlines that waited for the articles of this load.
update headlines set article_id = address_id, link_rule = 'address'
where link_rule is distinct from 'address' and last_seen_at >= getvariable('waiting_from')
    and address_id in (select article_id from changed_articles where is_new);

insert into openings by name
select o.* from staged_openings o semi join changed_articles c on c.article_id = o.article_id and c.is_reworded
anti join openings k on k.article_id = o.article_id and k.part = o.part and k.opening = o.opening;

-- By text: a cut headline is how a title or a lead begins, letters and digits alone. Either the headline is new,
-- or the article is. The best kind of match decides, its own portal's articles before others', if it names one
-- story only; of copies of one story the earliest.
create or replace temp table waiting_headlines as
select headline_id, portal, folded, opening_key, coalesce(listed_at, first_seen_at) as told_at, true as is_new
from new_headlines where article_id is null and opening_key is not null
union all
select headline_id, portal, folded, opening_key, coalesce(listed_at, first_seen_at), false
from headlines
semi join staged_openings using (opening_key)
anti join new_headlines using (headline_id)
where article_id is null and last_seen_at >= getvariable('waiting_from');

create or replace temp table text_links as
with pairs as (
    select h.headline_id, o.article_id, o.told_at,
        case
            when o.part = 'title' and o.opening = h.folded then 'title'
            when o.part = 'title' then 'title-start'
            else 'lead-start'
        end as link_rule,
        o.portal = h.portal as is_own
    from waiting_headlines h
    join openings o on o.opening_key = h.opening_key
        and starts_with(o.opening, left(h.folded, getvariable('opening_letters')))
    where abs(epoch(h.told_at) - epoch(o.told_at)) <= getvariable('links_window')
), best as (
    select * from pairs
    qualify rank() over (
        partition by headline_id
        order by is_own desc, list_position(['title', 'title-start', 'lead-start'], link_rule)) = 1
), stories as (
    select article_id, coalesce(story_id, article_id) as story_id
    from articles where article_id in (select article_id from best)
)
select headline_id, arg_min(article_id, told_at) as article_id, any_value(link_rule) as link_rule
from best join stories using (article_id)
group by headline_id having count(distinct story_id) = 1;

merge into headlines t using text_links s
on t.headline_id = s.headline_id and t.last_seen_at >= getvariable('touched_from')
when matched then update set article_id = s.article_id, link_rule = s.link_rule;
