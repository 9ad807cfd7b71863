// Says in words on the page what a browser's passkey window only throws as an error.
document.addEventListener('allauth.error', function (event) {
  const place = document.getElementById('passkey-error')
  if (place) {
    place.hidden = false
    event.preventDefault()
  }
})
