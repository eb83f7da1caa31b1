-- A wording's fingerprint is kept once; older wordings stay findable, for copies are made of them as well.
create or replace temp table new_signatures as
select s.article_id, s.text_key, c.first_seen_at
from asked s join changed_articles c using (article_id)
anti join signatures k on k.article_id = s.article_id and k.text_key = s.text_key;

insert into signatures by name select * from new_signatures;

insert into signature_bands by name
select distinct n.article_id, b.band, n.first_seen_at
from new_signatures n join asked_bands b using (article_id)
order by n.article_id, b.band;
