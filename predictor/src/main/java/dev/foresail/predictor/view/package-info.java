/**
 * What properties and metrics see: {@link dev.foresail.predictor.view.Picture} is a node in a view,
 * {@link dev.foresail.predictor.view.PictureView} all of them with their aggregates,
 * {@link dev.foresail.predictor.view.Verdicts} asks the properties, {@link
 * dev.foresail.predictor.view.GuardedQuestions} does so within a limit of steps.
 */
package dev.foresail.predictor.view;
