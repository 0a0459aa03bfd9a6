//! The way of a guess through the lanes: put together, hashed, asked for.

/// Stamps the sweep for the lanes, and the digest, in scope.
macro_rules! sweep {
    ($(#[$attribute:meta])*) => {
        /// Makes every guess of the recipes, and finds those that a filter lets through.
        $(#[$attribute])*
        pub(crate) fn sweep(
            recipes: &Recipes,
            workplace: &mut Workplace,
            batches: &[&Batch],
            [first, second]: [&Filter; 2],
            found: &mut Vec<Candidate>,
        ) {
            workplace.prepare(recipes);
            let workplace = &mut workplace.rows;
            let Recipes { heads, tails, sources, jobs, changes, words, .. } = recipes;
            let mut blocks: [[Lanes; 32]; PARTS] = [[splat(0); 32]; PARTS];
            // A head without an end made no guess that lanes can hash; its rows may be too many.
            for head in heads.iter().filter(|head| !head.tails.is_empty()) {
                let sources = piece(sources, &head.sources);
                let (pairs, odd) = sources.as_chunks::<2>();
                for (batch, lanes_of) in (0..).zip(batches) {
                    for job in piece(jobs, &head.jobs) {
                        let mut row = *row(&lanes_of.rows, workplace, job.from);
                        for change in piece(changes, &job.changes) {
                            change.apply(&mut row);
                        }
                        if let Some(to) = workplace.get_mut(usize::from(job.to)) {
                            *to = row;
                        }
                    }
                    let row = |source: &u16| row(&lanes_of.rows, workplace, *source);
                    for (at, [even, odd]) in pairs.iter().enumerate() {
                        put(&mut blocks, at, interleave(row(even), row(odd)));
                    }
                    let last = match odd {
                        [last] => interleave(row(last), &Row::ZERO),
                        _ => [splat(0); PARTS],
                    };
                    for (tail, recipe) in piece(tails, &head.tails).iter().zip(head.tails.clone()) {
                        end(&mut blocks, pairs.len(), last, piece(words, &tail.words), tail.length);
                        let is_second = Unsalted::Nt.asks_second(usize::from(tail.length));
                        let filter = if is_second { second } else { first };
                        for (part, block) in (0..).zip(&blocks) {
                            let checks = check(block, tail.length);
                            let mut hits = ask(filter, checks);
                            while hits != 0 {
                                let lane = hits.trailing_zeros();
                                hits &= hits - 1;
                                let word = word_of(part, lane);
                                let checks = lanes(checks);
                                if let Some(&check) = checks.get(index(lane))
                                    && word < lanes_of.words
                                {
                                    let second = is_second;
                                    found.push(Candidate { recipe, batch, word, second, check });
                                }
                            }
                        }
                    }
                }
            }
        }

        $(#[$attribute])*
        #[inline]
        fn put(blocks: &mut [[Lanes; 32]; PARTS], at: usize, words: [Lanes; PARTS]) {
            for (block, word) in blocks.iter_mut().zip(words) {
                if let Some(place) = block.get_mut(at) {
                    *place = word;
                }
            }
        }

        /// Puts the end of a guess into the blocks: constants, of which the first shares its
        /// word with the last character of the head, and in the second block zeros up to the end.
        $(#[$attribute])*
        #[inline]
        fn end(
            blocks: &mut [[Lanes; 32]; PARTS],
            at: usize,
            last: [Lanes; PARTS],
            words: &[u32],
            units: u16,
        ) {
            for (block, last) in blocks.iter_mut().zip(last) {
                let mut places = block.iter_mut().skip(at);
                for (&word, place) in words.iter().zip(places.by_ref()) {
                    *place = splat(word);
                }
                if units > 27 {
                    places.for_each(|place| *place = splat(0));
                }
                if let Some(first) = block.get_mut(at) {
                    *first = or(*first, last);
                }
            }
        }
    };
}
pub(crate) use sweep;
