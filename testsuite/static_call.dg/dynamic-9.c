/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An unknown value of dynamic=. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-dynamic=some" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-dynamic=some.: its values are named, all, everywhere, off" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
