/* SPDX-License-Identifier: GPL-2.0-or-later */
/* version: a note with the version. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-version" } */
/* { dg-message "note: .static_call. \[0-9\]+\.\[0-9\]+" "" 0 } */
int x;
