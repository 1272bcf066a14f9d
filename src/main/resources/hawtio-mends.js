/*
 * Two mends for Hawtio 4.2, loaded before it. It shows a route's source in an editor that it fetches
 * from the internet: a plain block stands in for it. And its diagram stumbles over a route's own
 * error handler, which Camel writes before the first step: it is left out of what is drawn, not of
 * what is shown as source.
 */
(() => {
  const idle = () => ({ dispose() {} })
  // Whatever else is asked of it does nothing.
  const patient = (known) =>
    new Proxy(known, { get: (all, name) => (name in all ? all[name] : name === 'then' ? undefined : idle) })

  function model(text) {
    const views = new Set()
    return patient({
      views,
      getValue: () => text,
      setValue(next) {
        text = next
        views.forEach((view) => view())
      },
      dispose() {},
    })
  }

  function create(place, options) {
    let shown = options.model || model(options.value || '')
    const block = document.createElement('pre')
    block.tabIndex = 0
    block.style.cssText =
      'margin:0;height:100%;min-height:24rem;overflow:auto;padding:1rem;font-family:monospace;white-space:pre'
    place.appendChild(block)
    const draw = () => (block.textContent = shown.getValue())
    const show = (next) => {
      shown.views.delete(draw)
      shown = next
      shown.views.add(draw)
      draw()
    }
    show(shown)
    return patient({
      getModel: () => shown,
      setModel: show,
      getValue: () => shown.getValue(),
      setValue: (text) => shown.setValue(text),
      getOption: () => true, // read-only
      getDomNode: () => block,
      dispose: () => block.remove(),
    })
  }

  window.monaco = patient({
    editor: patient({
      create,
      createModel: model,
      getModel: () => null,
      getModels: () => [],
      EditorOption: { readOnly: 1 },
    }),
    languages: patient({}),
    Uri: { parse: (text) => text },
    KeyMod: {},
    KeyCode: {},
  })

  const parse = DOMParser.prototype.parseFromString
  DOMParser.prototype.parseFromString = function (text, type) {
    const page = parse.call(this, text, type)
    page.querySelectorAll('route > errorHandler').forEach((plan) => plan.remove())
    return page
  }
})()
