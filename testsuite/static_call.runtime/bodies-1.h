/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The backends know what they are for. */
extern long (*key)(long x, long *word) STATIC_CALL_KEY;
