/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guards= wants a word. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-guards" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-guards.: its values are auto, named, off, all" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
